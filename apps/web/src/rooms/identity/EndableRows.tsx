import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ComponentType, ReactElement } from 'react';
import type { ApiError } from '../../api/error.ts';
import { ConfirmDialog } from '../../ui/form/ConfirmDialog.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import styles from './Identity.module.css';

interface EndableRowsProps<Row> {
  rows: readonly Row[];
  Facts: ComponentType<{ row: Row }>;
  endable: (row: Row) => boolean;
  words: { end: string; title: (row: Row) => string; detail: string; done: string };
  change: {
    mutate: (input: { params: { id: string } }, then: { onSuccess: () => void }) => void;
    isPending: boolean;
    error: ApiError | null;
  };
  grave?: boolean;
}

/** Things that run until somebody ends them; each is asked for once more before it ends. */
export function EndableRows<Row extends { id: string }>({
  rows,
  Facts,
  endable,
  words,
  change,
  grave = false,
}: EndableRowsProps<Row>): ReactElement {
  const [asked, setAsked] = useState<Row | null>(null);
  const end = (row: Row): void =>
    change.mutate(
      { params: { id: row.id } },
      {
        onSuccess: () => {
          setAsked(null);
          showToast({ message: words.done });
        },
      },
    );
  return (
    <>
      <ul className={styles['sessions']}>
        {rows.map((row) => (
          <li key={row.id}>
            <Facts row={row} />
            {endable(row) && (
              <Button variant="default" onClick={() => setAsked(row)}>
                {words.end}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={asked === null ? '' : words.title(asked)}
        confirm={words.end}
        onConfirm={() => asked !== null && end(asked)}
        busy={change.isPending}
        error={change.error}
        grave={grave}
      >
        {words.detail}
      </ConfirmDialog>
    </>
  );
}
