import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import styles from '../Directives.module.css';
import { useLocal } from '../useLocal.ts';
import type { Doubt } from './doubts.ts';
import { doubtMark } from './marks.ts';
import type { Passage } from './passage.ts';

interface Props {
  doubts: readonly Doubt[];
  selected: string | null;
  /** Shows the place of a mark, or of a doubt itself. */
  onSee: (id: string) => void;
  /** Makes a requirement of a passage; left out where the draft has no text of its own. */
  onMake: ((passage: Passage) => void) | undefined;
  busy: boolean;
}

/** What could not be read for certain or looks wrong, each with its place and what can be done about it. */
export function WarningsPanel({ doubts, selected, onSee, onMake, busy }: Props): ReactElement | null {
  const { t } = useTranslation('directives');
  if (doubts.length === 0) return null;
  const stops = doubts.some(({ level }) => level === 'error');
  return (
    <details className={`${styles['warnings']} ${stops ? styles['stops'] : ''}`} open>
      <summary>{t('check.warnings', { count: doubts.length })}</summary>
      <ul>
        {doubts.map((doubt) => (
          <DoubtLine key={doubt.key} doubt={doubt} chosen={selected === doubtMark(doubt)} onSee={onSee} onMake={onMake} busy={busy} />
        ))}
      </ul>
    </details>
  );
}

interface LineProps extends Omit<Props, 'doubts' | 'selected'> {
  doubt: Doubt;
  chosen: boolean;
}

function DoubtLine({ doubt, chosen, onSee, onMake, busy }: LineProps): ReactElement {
  const { t } = useTranslation('directives');
  const local = useLocal();
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!chosen || line.current === null || line.current.contains(document.activeElement)) return;
    line.current.scrollIntoView({ block: 'nearest' });
    line.current.querySelector<HTMLElement>('[data-act]')?.focus({ preventScroll: true });
  }, [chosen]);
  const place = doubt.mark ?? (doubt.end > doubt.start ? doubtMark(doubt) : null);
  return (
    <li ref={line} className={`${chosen ? styles['chosenLine'] : ''} ${doubt.level === 'error' ? styles['stopLine'] : ''}`}>
      {doubt.level === 'error' && <strong>{t('check.mustMend')} </strong>}
      {doubt.quote !== null && <q className={styles['quote']}>{doubt.quote}</q>}
      {local(doubt.message)}
      {place !== null && (
        <button type="button" className={styles['place']} onClick={() => onSee(place)}>
          {t('check.seePlace')}
        </button>
      )}
      {doubt.passage && onMake !== undefined && (
        <div>
          <Button
            data-act=""
            variant="default"
            size="compact-sm"
            disabled={busy}
            onClick={() => onMake({ start: doubt.start, end: doubt.end })}
          >
            {t('passage.makeThis')}
          </Button>
        </div>
      )}
    </li>
  );
}
