import { Button, TagsInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useChange } from '../../api/query.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import styles from './Notices.module.css';

/** Which mail domains may be told addresses of machines, for an administrator. */
export function DomainsPanel(): ReactElement | null {
  const { t } = useTranslation('notices');
  const { data } = useApi('GET /notice-domains');
  const put = useChange('PUT /notice-domains', ['GET /notice-domains']);
  const [draft, setDraft] = useState<string[] | null>(null);
  if (data === undefined) return null;
  const shown = draft ?? data.domains;
  const keep = (): void =>
    put.mutate(
      { body: { domains: shown } },
      {
        onSuccess: () => {
          setDraft(null);
          showToast({ message: t('domains.done') });
        },
      },
    );
  return (
    <Panel label={t('domains.title')}>
      <h2 className={styles['heading']}>{t('domains.title')}</h2>
      <p className={`${styles['soft']} ${styles['said']}`}>{t(data.can.write ? 'domains.lead' : 'domains.onlyWhole')}</p>
      <Form onSubmit={keep} error={put.error} label={t('domains.title')}>
        <TagsInput
          label={t('domains.field')}
          description={shown.length === 0 ? t('domains.none') : undefined}
          value={shown}
          onChange={setDraft}
          disabled={!data.can.write}
          maxTags={100}
          splitChars={[',', ' ', ';']}
        />
        {draft !== null && (
          <FormButtons>
            <Button
              variant="default"
              onClick={() => {
                put.reset();
                setDraft(null);
              }}
            >
              {t('ui:cancel')}
            </Button>
            <Button type="submit" loading={put.isPending}>
              {t('domains.keep')}
            </Button>
          </FormButtons>
        )}
      </Form>
    </Panel>
  );
}
