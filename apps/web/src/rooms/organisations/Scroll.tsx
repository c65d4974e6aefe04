import type { ReactElement, ReactNode } from 'react';
import styles from './Organisations.module.css';

/** A table wider than a phone; what scrolls must be reachable by keyboard (WCAG 2.1.1). */
export function Scroll({ label, children }: { label: string; children: ReactNode }): ReactElement {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  );
}
