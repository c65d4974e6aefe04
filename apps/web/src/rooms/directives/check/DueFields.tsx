import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField } from '../../../ui/form/DateField.tsx';
import { TimeField } from '../../../ui/form/index.ts';
import type { Requirement } from '../api.ts';
import styles from '../Directives.module.css';
import { dueOf, partsOf } from './deadline.ts';
import { useUnsound, useWrongDay } from './unsound.ts';

interface Props {
  item: Pick<Requirement, 'due' | 'phrase'>;
  /** What the names of its fields begin with. */
  name: string;
  onChange: (due: string | null) => void;
}

/** The deadline as day and time; a time without its day waits in its field until the day is chosen. */
export function DueFields({ item, name, onChange }: Props): ReactElement {
  const { t } = useTranslation('directives');
  const unsound = useUnsound();
  const wrong = useWrongDay();
  const due = partsOf(item.due);
  const [waiting, setWaiting] = useState<string | null>(null);
  const setDay = (day: string | null): void => {
    if (day !== null && waiting !== null) {
      setWaiting(null);
      unsound.put(`${name}time`, null);
    }
    onChange(dueOf(day, due.time ?? waiting));
  };
  const setTime = (time: string | null): void => {
    const alone = due.day === null && time !== null;
    setWaiting(alone ? time : null);
    unsound.put(`${name}time`, alone ? { text: time, label: t('item.dueTime'), brief: true } : null);
    if (!alone && time !== due.time) onChange(dueOf(due.day, time));
  };
  return (
    <div className={styles['pair']}>
      <DateField
        label={t('item.dueDay')}
        value={due.day}
        onChange={setDay}
        onWrong={wrong(`${name}day`, t('item.dueDay'))}
        {...(item.phrase === null ? {} : { description: t('item.phrase', { phrase: item.phrase }) })}
      />
      <TimeField
        key={due.time}
        label={t('item.dueTime')}
        value={due.time}
        onChange={setTime}
        onWrong={(typed) => typed !== null && unsound.put(`${name}time`, { text: typed, label: t('item.dueTime'), brief: true })}
        error={waiting === null ? null : t('wrong.dayFirst')}
      />
    </div>
  );
}
