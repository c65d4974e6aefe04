import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatNumber } from '../../../i18n/format.ts';
import { ForeignText } from '../../../ui/document/ForeignText.tsx';
import { ConfirmDialog } from '../../../ui/form/ConfirmDialog.tsx';
import { useErrorText } from '../../../ui/form/useErrorText.ts';
import { showToast } from '../../../ui/toast/toasts.ts';
import { useWorkAct } from '../api.ts';
import type { HandedPart, Work, WorkItem } from '../api.ts';
import styles from '../Work.module.css';
import { EvidenceList } from './EvidenceList.tsx';
import { DueText } from './TaskChip.tsx';

/** What the units below answered to an item, side by side; for whoever follows the directive only how many. */
export function PartsOfItem({ work, item, mayTake }: { work: Work; item: WorkItem; mayTake: boolean }): ReactElement | null {
  const { t } = useTranslation('work');
  const counted = work.handed.find(({ task }) => task === item.task);
  const parts = work.parts.filter(({ task }) => task === item.task);
  if (counted === undefined && parts.length === 0) return null;
  return (
    <section aria-label={t(parts.some(({ kind }) => kind === 'support') ? 'lead.parts' : 'give.parts')} className={styles['parts']}>
      {counted !== undefined && (
        <p className={styles['hint']}>
          {t('give.counted', { given: formatNumber(counted.given), answered: formatNumber(counted.answered) })}
        </p>
      )}
      {parts.length > 0 && (
        <ul>
          {parts.map((part) => (
            <PartLine key={part.id} part={part} mayTake={mayTake} />
          ))}
        </ul>
      )}
    </section>
  );
}

function PartLine({ part, mayTake }: { part: HandedPart; mayTake: boolean }): ReactElement {
  const { t } = useTranslation('work');
  return (
    <li>
      <div className={styles['itemHead']}>
        <strong>{part.unit.name}</strong>
        <PartChip part={part} />
        {part.state === 'given' && <DueText due={part.due} timeState={part.timeState} />}
      </div>
      {part.answer !== null && (
        <p className={styles['answered']}>
          <ForeignText text={part.answer} />
        </p>
      )}
      <EvidenceList evidence={part.evidence} label={part.unit.name} />
      {part.answeredAt !== null && (
        <p className={styles['hint']}>{t('give.answeredBy', { who: part.answeredByName ?? '', at: formatDateTime(part.answeredAt) })}</p>
      )}
      {part.takenBackReason !== null && <p className={styles['hint']}>{t('give.takenBackWhy', { reason: part.takenBackReason })}</p>}
      {part.can.give && part.state !== 'taken-back' && (part.kind === 'unit' || mayTake) && <PartButtons part={part} mayTake={mayTake} />}
    </li>
  );
}

/** Where a part stands, in words. */
export function PartChip({ part }: { part: HandedPart }): ReactElement {
  const { t } = useTranslation('work');
  const taken = part.state === 'answered' && part.takenOverAt !== null && part.takenOverAt >= (part.answeredAt ?? '');
  return (
    <>
      <span
        className={styles['chip']}
        data-state={part.state === 'answered' ? 'submitted' : part.state === 'taken-back' ? 'withdrawn' : undefined}
      >
        {t(taken ? 'give.state.taken-over' : `give.state.${part.state}`)}
      </span>
      {part.kind === 'support' && <span className={styles['chip']}>{t('lead.support')}</span>}
      {part.nothing && <span className={styles['chip']}>{t('answer.nothingChip')}</span>}
    </>
  );
}

function PartButtons({ part, mayTake }: { part: HandedPart; mayTake: boolean }): ReactElement {
  const { t } = useTranslation('work');
  const errorText = useErrorText();
  const [asking, setAsking] = useState(false);
  const over = useWorkAct('POST /parts/{id}/take-over');
  const back = useWorkAct('POST /parts/{id}/take-back');
  const isNew = part.state === 'answered' && (part.takenOverAt === null || part.takenOverAt < (part.answeredAt ?? ''));
  const take = (): void =>
    over.mutate(
      { params: { id: part.id }, body: {} },
      {
        onSuccess: () => void showToast({ message: t('give.takenOver', { unit: part.unit.name }) }),
        onError: (error) => void showToast({ message: errorText(error), kind: 'problem' }),
      },
    );
  const takeBack = (reason: string): void =>
    back.mutate(
      { params: { id: part.id }, body: { reason } },
      {
        onSuccess: () => {
          setAsking(false);
          showToast({ message: t('give.takenBack', { unit: part.unit.name }) });
        },
      },
    );
  return (
    <div className={`${styles['row']} never-printed`}>
      {mayTake && isNew && (
        <Button variant="default" size="compact-md" onClick={take} loading={over.isPending}>
          {t('give.takeOver')}
        </Button>
      )}
      {part.kind === 'unit' && (
        <Button variant="subtle" size="compact-md" onClick={() => setAsking(true)}>
          {t('give.takeBack')}
        </Button>
      )}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('give.takeBackTitle', { path: part.path, unit: part.unit.name })}
        confirm={t('give.takeBack')}
        reason="required"
        onConfirm={takeBack}
        busy={back.isPending}
        error={back.error}
      >
        {t('give.takeBackDetail')}
      </ConfirmDialog>
    </div>
  );
}
