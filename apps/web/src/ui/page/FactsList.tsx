import type { ReactElement, ReactNode } from 'react';
import styles from './Page.module.css';

export interface Fact {
  label: string;
  /** Left out facts are not drawn; an unknown one says so itself. */
  value: ReactNode;
}

/** Facts of a detail page as label and value, in reading order. */
export function FactsList({ facts }: { facts: readonly Fact[] }): ReactElement {
  return (
    <dl className={styles['facts']}>
      {facts.map(({ label, value }, at) => (
        // Two facts may have one name.
        <FactRow key={`${at} ${label}`} label={label} value={value} />
      ))}
    </dl>
  );
}

function FactRow({ label, value }: Fact): ReactElement {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}
