import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/query.ts';
import { useErrorText } from '../../../ui/form/useErrorText.ts';
import { Icon } from '../../../ui/icons.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import type { Part, Work } from '../api.ts';

/** The signed .xlsx of this organisation, to be filled in where there is no network and sent back to its overseer. */
export function OwnSheet({ part, work }: { part: Part; work: Work }): ReactElement | null {
  const { t } = useTranslation('work');
  const errorText = useErrorText();
  const make = useChange('POST /work/{directive}/{organisation}/answer-sheet', ['GET /work/{directive}/{organisation}']);
  if (!work.items.some(({ state }) => state === 'assigned' || state === 'in-progress' || state === 'more-asked')) return null;
  const take = (): void =>
    make.mutate(
      { params: { ...part }, body: {} },
      {
        onSuccess: (blob) => save(blob, `${work.receipt.organisationName} - ${work.directive.code ?? ''}.xlsx`),
        onError: (error) => void showToast({ kind: 'problem', message: errorText(error) }),
      },
    );
  return (
    <p className="never-printed" style={{ marginTop: 8 }}>
      <Button variant="default" size="compact-md" leftSection={<Icon name="download" size={16} />} loading={make.isPending} onClick={take}>
        {t('declared.ownSheet')}
      </Button>
    </p>
  );
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replaceAll(/[\\/:*?"<>|]/gu, '-');
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
