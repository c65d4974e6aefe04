import { Button, Checkbox } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.ts';
import { formatDate, formatDateTime, formatNumber } from '../../i18n/format.ts';
import type { Remindable } from './api.ts';
import { lateText } from './matrix-view.ts';
import styles from './Standing.module.css';

interface RemindListProps {
  items: readonly Remindable[];
  picked: ReadonlySet<string>;
  way: 'app' | 'mail' | 'text';
  onPick: (picked: ReadonlySet<string>) => void;
}

/** Organisations with open work, the latest first; who cannot be reached by mail says so. */
export function RemindList({ items, picked, way, onPick }: RemindListProps): ReactElement {
  const { t } = useTranslation('standing');
  const { today } = useSession();
  const toggle = (id: string): void => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    onPick(next);
  };
  const late = items.filter(({ overdue }) => overdue > 0).map(({ organisation }) => organisation.id);
  return (
    <fieldset className={styles['remindList']}>
      <legend>{t('remind.whom', { picked: formatNumber(picked.size), of: formatNumber(items.length) })}</legend>
      <div className={styles['buttons']}>
        <Button variant="default" size="compact-md" onClick={() => onPick(new Set(late))} disabled={late.length === 0}>
          {t('remind.allLate', { count: late.length })}
        </Button>
        <Button variant="default" size="compact-md" onClick={() => onPick(new Set(items.map(({ organisation }) => organisation.id)))}>
          {t('remind.all', { count: items.length })}
        </Button>
        <Button variant="default" size="compact-md" onClick={() => onPick(new Set())}>
          {t('remind.none')}
        </Button>
      </div>
      <ul>
        {items.map((item) => (
          <li key={item.organisation.id}>
            <Checkbox
              checked={picked.has(item.organisation.id)}
              onChange={() => toggle(item.organisation.id)}
              label={item.organisation.name}
              description={[
                t('remind.open', { count: item.open }),
                item.next === null ? null : lateText(item, today, t),
                item.followUp === null ? null : t('followUp.is', { day: formatDate(item.followUp) }),
                way !== 'mail' ? null : item.emails === 0 ? t('remind.noEmail') : t('remind.emails', { count: item.emails }),
                way === 'mail' && item.mailedAt !== null ? t('remind.mailedAt', { at: formatDateTime(item.mailedAt) }) : null,
              ]
                .filter((part) => part !== null && part !== '–')
                .join(' · ')}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
