import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Routes } from '../../api/contract.ts';
import { useApi } from '../../api/query.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { Panel } from '../../ui/page/Panel.tsx';
import styles from './Identity.module.css';
import { LinkDialog } from './LinkDialog.tsx';

export type LinkItem = Routes['GET /sign-in-links']['output']['items'][number];

/** One's own accounts at the sign-in providers; nothing where none is configured. */
export function LinksPanel(): ReactElement | null {
  const { t } = useTranslation('identity');
  const links = useApi('GET /sign-in-links');
  const [asked, setAsked] = useState<LinkItem | null>(null);
  if (links.data === undefined || links.data.items.length === 0) return null;
  return (
    <div className={styles['section']}>
      <Panel>
        <div className={styles['section']}>
          <h2>{t('link.title')}</h2>
          <p className={styles['quiet']}>{t('link.lead')}</p>
        </div>
        <ul className={styles['sessions']}>
          {links.data.items.map((item) => (
            <li key={item.kind}>
              <LinkFacts item={item} />
              <Button variant="default" onClick={() => setAsked(item)}>
                {t(item.link === null ? 'link.make' : 'link.end')}
              </Button>
            </li>
          ))}
        </ul>
        {asked !== null && <LinkDialog item={asked} onClose={() => setAsked(null)} />}
      </Panel>
    </div>
  );
}

/** What an account there is called, who linked it and when it was last used. */
export function LinkFacts({ item: { name, link } }: { item: LinkItem }): ReactElement {
  const { t } = useTranslation('identity');
  return (
    <div className={styles['facts']}>
      <strong>{name}</strong>
      {link === null ? (
        <div className={styles['quiet']}>{t('link.none')}</div>
      ) : (
        <div className={styles['quiet']}>
          {t('link.subject')}: <code className={styles['subject']}>{link.subject}</code>
          <br />
          {t('link.by', { name: link.linkedBy, at: formatDateTime(link.linkedAt) })}
          {' · '}
          {link.lastUsedAt === null ? t('link.unused') : t('link.used', { at: formatDateTime(link.lastUsedAt) })}
          {!link.isConfirmed && (
            <>
              <br />
              {t('link.unconfirmed')}
            </>
          )}
        </div>
      )}
    </div>
  );
}
