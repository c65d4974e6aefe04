import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../i18n/format.ts';
import { ForeignText } from '../../ui/document/index.ts';
import { Icon } from '../../ui/icons.tsx';
import { RESULTS } from './api.ts';
import type { CallResult, DutyRow } from './api.ts';
import type { CallQueue } from './useCallQueue.ts';
import { shownPhone } from './phone.ts';
import styles from './Duty.module.css';

interface CallCardProps {
  row: DutyRow;
  pick?: string;
  /** Somebody called since the pick. */
  done?: boolean;
  /** Noted on this device, not sent yet. */
  noted: boolean;
  mayCall: boolean;
  onNote: CallQueue['note'];
}

/** One organisation: its number to tap, three large buttons for how it went, then the note and the save. */
export function CallCard({ row, pick, done = false, noted, mayCall, onNote }: CallCardProps): ReactElement {
  const { t } = useTranslation('duty');
  const [result, setResult] = useState<CallResult | null>(null);
  const { organisation, number, last, calls, pickedUp } = row;
  const phone = number?.phones[0];
  return (
    <li className={styles['card']} data-done={done || noted || undefined}>
      <div className={styles['cardHead']}>
        <h3>
          <ForeignText text={organisation.name} />
        </h3>
        {number === null ? (
          <p className={styles['problem']}>{t('number.none')}</p>
        ) : (
          <p className={styles['hint']}>
            {[
              number.hotline ? t('number.hotline') : null,
              number.via === null ? null : t('number.via', { company: number.via }),
              number.name,
              number.position,
              number.masked ? t('number.masked') : null,
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        )}
        <p className={styles['hint']}>
          {last === null ? t('last.none') : t('last.was', { result: t(`result.${last.result}`), at: formatDateTime(last.at), by: last.by })}
          {calls > 1 && ` · ${t('last.share', { pickedUp, calls })}`}
        </p>
      </div>
      {number !== null && number.phones.length > 0 && (
        <div className={styles['phones']}>
          {number.phones.map((one) => (
            <a key={one} href={`tel:${one}`} className={styles['tel']}>
              <Icon name="phone" /> <span className="tabular">{shownPhone(one)}</span>
            </a>
          ))}
        </div>
      )}
      {mayCall && phone !== undefined && number !== null && !noted && (
        <Outcome
          result={result}
          onResult={setResult}
          onSave={(note) => {
            if (result === null) return;
            onNote({
              organisation: organisation.id,
              phone,
              contact: number.contact,
              result,
              ...(note === '' ? {} : { note }),
              ...(pick === undefined ? {} : { pick }),
            });
            setResult(null);
          }}
        />
      )}
      {noted && <p className={styles['hint']}>{t('call.noted')}</p>}
    </li>
  );
}

interface OutcomeProps {
  result: CallResult | null;
  onResult: (result: CallResult | null) => void;
  onSave: (note: string) => void;
}

function Outcome({ result, onResult, onSave }: OutcomeProps): ReactElement {
  const { t } = useTranslation('duty');
  const [note, setNote] = useState('');
  return (
    <>
      <div className={styles['results']} role="group" aria-label={t('call.result')}>
        {RESULTS.map((value) => (
          <button
            key={value}
            type="button"
            data-result={value}
            aria-pressed={result === value}
            onClick={() => onResult(result === value ? null : value)}
          >
            {t(`result.${value}`)}
          </button>
        ))}
      </div>
      {result !== null && (
        <div className={styles['note']}>
          <Textarea
            label={t('call.note')}
            placeholder={t('call.notePlaceholder')}
            value={note}
            maxLength={1000}
            autosize
            minRows={1}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button
            size="md"
            fullWidth
            onClick={() => {
              onSave(note.trim());
              setNote('');
            }}
          >
            {t('call.save', { result: t(`result.${result}`) })}
          </Button>
        </div>
      )}
    </>
  );
}
