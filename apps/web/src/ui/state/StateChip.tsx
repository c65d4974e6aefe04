import type { TFunction } from 'i18next';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './State.module.css';
import { StateGlyph } from './StateGlyph.tsx';
import { longText, shortText, STATES } from './state.ts';
import type { State, StateValue } from './state.ts';

/** A state as a word with its shape and colour, for lists and headings. `label` replaces the word where a room says it more exactly. */
export function StateChip({ state, label }: { state: State; label?: string | undefined }): ReactElement {
  const { t } = useTranslation('ui');
  return (
    <span className={`${styles['cell']} ${styles['chip']} ${styles[state]}`}>
      <StateGlyph state={state} />
      <span className={styles['word']}>{label ?? t(`state.${state}`)}</span>
    </span>
  );
}

/** A state with its number, for a table or matrix: what is short is drawn, the whole is in the title and the accessible name. */
export function StateCell({ state, value }: { state: State; value?: StateValue | undefined }): ReactElement {
  const { t } = useTranslation('ui');
  return stateCell(state, value, t);
}

/** `StateCell` without a hook of its own, for hundreds of cells that share one `t`. */
export function stateCell(state: State, value: StateValue | undefined, t: TFunction): ReactElement {
  const full = longText(state, value, t);
  return (
    <span className={`${styles['cell']} ${styles[state]}`} title={full}>
      <StateGlyph state={state} />
      <span aria-hidden="true">{shortText(state, value, t)}</span>
      <span className="only-heard">{full}</span>
    </span>
  );
}

/** What the colours and shapes mean; stands above every matrix. */
export function StateLegend({ states = STATES }: { states?: readonly State[] }): ReactElement {
  const { t } = useTranslation('ui');
  return (
    <ul className={styles['legend']}>
      {states.map((state) => (
        <li key={state}>
          <span className={`${styles['cell']} ${styles['swatch']} ${styles[state]}`} aria-hidden="true">
            {state === 'not-concerned' ? '–' : <StateGlyph state={state} />}
          </span>
          {t(`state.${state}`)}
        </li>
      ))}
    </ul>
  );
}
