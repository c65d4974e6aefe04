import { useEffect } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { announce } from '../toast/toasts.ts';
import styles from './Page.module.css';

interface PageHeaderProps {
  /** Also the document's title, unless `documentTitle` says it shorter. */
  title: string;
  documentTitle?: string;
  /** What stands above: the chain of bases, the way back. */
  trail?: ReactNode;
  lead?: ReactNode;
  /** The next step as the one primary button, others beside it. */
  actions?: ReactNode;
}

/** Heading of every page: names the document in the browser and tells a screen reader where it has arrived. */
export function PageHeader({ title, documentTitle, trail, lead, actions }: PageHeaderProps): ReactElement {
  usePageTitle(documentTitle ?? title);
  return (
    <header className={styles['header']}>
      <div>
        {trail !== undefined && <div className={styles['trail']}>{trail}</div>}
        <h1 className={styles['title']}>{title}</h1>
        {lead !== undefined && <div className={styles['lead']}>{lead}</div>}
      </div>
      {actions !== undefined && <div className={`${styles['actions']} never-printed`}>{actions}</div>}
    </header>
  );
}

/** Sets `<title> · Vọng Gác` and announces the page. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Vọng Gác`;
    announce(title);
  }, [title]);
}
