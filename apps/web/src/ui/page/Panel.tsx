import type { ReactElement, ReactNode } from 'react';
import styles from './Page.module.css';

interface PanelProps {
  children: ReactNode;
  /** Names the region for screen readers; left out where the content has its own heading. */
  label?: string;
}

/** A white sheet on the page's grey. Never inside another one. */
export function Panel({ children, label }: PanelProps): ReactElement {
  return (
    <section className={styles['panel']} aria-label={label}>
      {children}
    </section>
  );
}
