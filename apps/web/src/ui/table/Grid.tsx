import type { CSSProperties, ReactElement, ReactNode } from 'react';
import { formatNumber } from '../../i18n/format.ts';
import styles from './Grid.module.css';

interface GridProps {
  /** Names the table and the box that it scrolls in. */
  label: string;
  heads: readonly string[];
  /** On a phone each row stands as lines under each other. */
  stacks?: boolean;
  /** The rows. */
  children: ReactNode;
}

/** The heads as values of CSS, which names each line of a stacked row by them. */
const named = (heads: readonly string[]): CSSProperties =>
  Object.fromEntries(heads.map((head, at) => [`--head-${at + 1}`, JSON.stringify(`${head}: `)])) as CSSProperties;

/** A plain table of what a file holds or comes to, in a box that scrolls; such a box must be reachable by keyboard (WCAG 2.1.1). */
export function Grid({ label, heads, stacks = false, children }: GridProps): ReactElement {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label={label}>
      <table className={`${styles['grid']} ${stacks ? styles['stacked'] : ''}`} style={stacks ? named(heads) : undefined}>
        <caption className="only-heard">{label}</caption>
        <thead>
          <tr>
            {heads.map((head, at) => (
              <th key={at} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** How many rows came to what. */
export function Counts({ of }: { of: readonly { name: string; count: number }[] }): ReactElement {
  return (
    <div className={styles['counts']}>
      {of.map(({ name, count }) => (
        <div key={name} className={styles['count']}>
          <strong>{formatNumber(count)}</strong>
          <span>{name}</span>
        </div>
      ))}
    </div>
  );
}
