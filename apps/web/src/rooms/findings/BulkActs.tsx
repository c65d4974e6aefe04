import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/format.ts';
import type { Finding } from './api.ts';
import { AnswerDialog } from './AnswerDialog.tsx';
import { DecideDialog } from './DecideDialog.tsx';

interface BulkActsProps {
  findings: readonly Finding[];
  /** How many the list finds, for an answer to all of them; null where that is not known or not offered. */
  total: number | null;
  query: object | null;
  onDone: () => void;
}

/** What may be done with the chosen findings; what fits none of them is not shown. */
export function BulkActs({ findings, total, query, onDone }: BulkActsProps): ReactElement {
  const { t } = useTranslation('findings');
  const [asked, setAsked] = useState<'answer' | 'decide' | 'approve' | null>(null);
  const fit = {
    answer: findings.filter(({ can }) => can.answer),
    decide: findings.filter(({ can }) => can.decide),
    approve: findings.filter(({ can }) => can.approve),
  };
  const close = (isDone: boolean): void => {
    setAsked(null);
    if (isDone) onDone();
  };
  return (
    <>
      {(['decide', 'approve', 'answer'] as const).map((act, at, acts) =>
        fit[act].length === 0 ? null : (
          <Button
            key={act}
            variant={acts.slice(0, at).every((one) => fit[one].length === 0) ? 'filled' : 'default'}
            onClick={() => setAsked(act)}
          >
            {t(`act.${act}`)}
            {fit[act].length < findings.length && ` (${formatNumber(fit[act].length)}/${formatNumber(findings.length)})`}
          </Button>
        ),
      )}
      {asked === 'answer' && <AnswerDialog findings={fit.answer} total={total} query={query} onClose={close} />}
      {(asked === 'decide' || asked === 'approve') && <DecideDialog act={asked} findings={fit[asked]} onClose={close} />}
    </>
  );
}
