import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/query.ts';
import { Brand } from '../../shell/Brand.tsx';
import { LanguageSwitch } from '../../shell/LanguageSwitch.tsx';
import { safeWayBack } from '../../shell/wayBack.ts';
import { FormButtons, Problem } from '../../ui/form/Form.tsx';
import { usePageTitle } from '../../ui/page/PageHeader.tsx';
import { LoadingLines } from '../../ui/page/PageStates.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import styles from './Identity.module.css';

/** Where the provider sends people back: hands over what it sent along, once, and goes on. */
export function ReturnPage(): ReactElement {
  const { t } = useTranslation('identity');
  usePageTitle(t('through.returning'));
  const client = useQueryClient();
  const navigate = useNavigate();
  const [query] = useState(() => globalThis.location.search);
  const finish = useChange('POST /sign-in/oidc/finish');
  const sent = useRef(false);
  const { mutate } = finish;
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    mutate(
      { body: { query: query === '' ? '?' : query } },
      {
        // What was used up has no business in the address bar.
        onError: () => void navigate({ to: '/sign-in/return', replace: true }),
        onSuccess: ({ did, back }) => {
          client.clear();
          if (did === 'linked') showToast({ message: t('link.done') });
          void navigate({ href: safeWayBack(back ?? undefined), replace: true });
        },
      },
    );
  }, [client, mutate, navigate, query, t]);
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <Brand />
        <LanguageSwitch />
      </header>
      <main className={styles['sheet']}>
        <h1 className={styles['title']}>{t(finish.error === null ? 'through.returning' : 'through.failed')}</h1>
        {finish.error === null ? (
          <LoadingLines />
        ) : (
          <div className={styles['returned']}>
            <Problem error={finish.error} />
            <FormButtons>
              <Button onClick={() => void navigate({ to: '/', replace: true })}>{t('through.again')}</Button>
            </FormButtons>
          </div>
        )}
      </main>
    </div>
  );
}
