import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/query.ts';
import { LanguageSwitch } from '../../shell/LanguageSwitch.tsx';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { useDraft } from '../../ui/form/useDraft.ts';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import styles from './Identity.module.css';

type Choice = 'empty' | 'sample';

/** The first page of a fresh installation: start empty, or look at a sample province. */
export function FirstRunPage(): ReactElement {
  const { t } = useTranslation('identity');
  const client = useQueryClient();
  const navigate = useNavigate();
  const run = useChange('POST /first-run');
  const [draft, setDraft, clear] = useDraft<{ choice: Choice; province: string }>('first-run', { choice: 'sample', province: '' });
  const { choice, province } = draft;
  const ready = choice === 'sample' || province.trim() !== '';
  const submit = (): void => {
    if (!ready) return;
    run.mutate(
      { body: choice === 'sample' ? { choice } : { choice, province: province.trim() } },
      {
        onSuccess: async () => {
          clear();
          await client.resetQueries();
          await navigate({ to: '/', replace: true });
        },
      },
    );
  };
  return (
    <>
      <PageHeader title={t('firstRun.title')} lead={t('firstRun.lead')} actions={<LanguageSwitch signedIn />} />
      <Panel>
        <Form onSubmit={submit} error={run.error} places={['province']} label={t('firstRun.title')}>
          <fieldset className={styles['choices']}>
            <legend className="only-heard">{t('firstRun.title')}</legend>
            {(['sample', 'empty'] as const).map((value) => (
              <label key={value} className={styles['choice']}>
                <input
                  type="radio"
                  name="choice"
                  value={value}
                  checked={choice === value}
                  onChange={() => setDraft((former) => ({ ...former, choice: value }))}
                />
                <strong>{t(`firstRun.${value}`)}</strong>
                <span>{t(`firstRun.${value}Detail`)}</span>
              </label>
            ))}
          </fieldset>
          {choice === 'empty' && (
            <TextInput
              label={t('firstRun.province')}
              description={t('firstRun.provinceHint')}
              value={province}
              onChange={(event) => setDraft({ choice, province: event.currentTarget.value })}
              error={fieldError(run.error, 'province')}
              required
            />
          )}
          <FormButtons>
            <Button type="submit" loading={run.isPending} disabled={!ready}>
              {t(choice === 'sample' ? 'firstRun.sample' : 'firstRun.empty')}
            </Button>
          </FormButtons>
          {run.isPending && (
            <p className={styles['quiet']} role="status">
              {t('firstRun.working')}
            </p>
          )}
        </Form>
      </Panel>
    </>
  );
}
