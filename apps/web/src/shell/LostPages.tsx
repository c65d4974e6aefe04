import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../ui/page/PageHeader.tsx';
import styles from './Shell.module.css';

export function NotFoundPage(): ReactElement {
  const { t } = useTranslation('shell');
  return (
    <main className={styles['bare']}>
      <PageHeader title={t('notFound.title')} lead={t('notFound.why')} actions={<a href="/">Vọng Gác</a>} />
    </main>
  );
}

/** A page that threw, or whose code could not be loaded any more (a new version was installed meanwhile). */
export function BrokenPage(): ReactElement {
  const { t } = useTranslation('shell');
  return (
    <main className={styles['bare']} role="alert">
      <PageHeader
        title={t('broken.title')}
        lead={t('broken.why')}
        actions={<Button onClick={() => window.location.reload()}>{t('broken.reload')}</Button>}
      />
    </main>
  );
}
