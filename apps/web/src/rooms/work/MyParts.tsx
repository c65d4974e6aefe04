import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ExerciseBadge } from '../exercises/ExerciseBanner.tsx';
import type { HandedPart } from './api.ts';
import { DueText } from './components/TaskChip.tsx';
import { PartChip } from './components/PartsOfItem.tsx';
import styles from './Work.module.css';

/** What the superior organisation handed down, as cards beside the own work. */
export function MyParts({ parts }: { parts: readonly HandedPart[] }): ReactElement {
  const { t } = useTranslation('work');
  const title = t(
    parts.every(({ kind }) => kind === 'unit') ? 'give.mine' : parts.every(({ kind }) => kind === 'support') ? 'lead.mine' : 'lead.both',
  );
  return (
    <section aria-label={title}>
      <h2 className={styles['group']}>{title}</h2>
      <ul className={styles['cards']}>
        {parts.map((part) => (
          <li key={part.id} className={styles['card']}>
            <h3>
              <Link to={`/my-parts/${part.id}`}>
                {part.path} · {part.text.length > 160 ? `${part.text.slice(0, 160)}…` : part.text}
              </Link>
            </h3>
            <div className={styles['meta']}>
              <span>
                {t(part.kind === 'support' ? 'lead.with' : 'give.from', { giver: part.giver.name })}
                {part.code !== null && ` · ${part.code}`}
                {part.exercise && <ExerciseBadge />}
              </span>
              <DueText due={part.due} timeState={part.timeState} answeredAt={part.answeredAt} />
            </div>
            {(part.state !== 'given' || part.kind === 'support') && (
              <div className={styles['row']}>
                <PartChip part={part} />
              </div>
            )}
            <div className={styles['buttons']}>
              <Button component={Link} to={`/my-parts/${part.id}`} variant={part.state === 'given' ? 'filled' : 'default'}>
                {t(part.can.work && part.state === 'given' ? 'card.answer' : 'card.view')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
