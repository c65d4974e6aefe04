import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

const MoveAnswerDialog = lazy(async () => ({ default: (await import('./MoveAnswerDialog.tsx')).MoveAnswerDialog }));

/** For whoever follows the directive: an answer that stands with the wrong organisation goes to the right one. */
export function MoveAnswer({ task }: { task: string }): ReactElement {
  const { t } = useTranslation('standing');
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="subtle" size="compact-md" onClick={() => setOpened(true)}>
        {t('move.open')}
      </Button>
      {opened && (
        <Suspense fallback={null}>
          <MoveAnswerDialog task={task} onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  );
}
