import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/query.ts';
import { currentLanguage } from '../../../i18n/language.ts';
import { Form, FormButtons } from '../../../ui/form/Form.tsx';
import { Panel } from '../../../ui/page/Panel.tsx';
import styles from '../Organisations.module.css';

/** Whom a recipient phrase means on the day of the page; for trying it out before a document comes. */
export function PhraseTry({ on }: { on: string | undefined }): ReactElement {
  const { t } = useTranslation('organisations');
  const [text, setText] = useState('');
  const resolve = useChange('POST /phrases/resolve');
  const found = resolve.data;
  return (
    <Panel label={t('try.title')}>
      <div className={styles['heading']}>
        <h2>{t('try.title')}</h2>
      </div>
      <Form onSubmit={() => text.trim() !== '' && resolve.mutate({ body: { text, on } })} error={resolve.error}>
        <TextInput
          label={t('try.phrase')}
          placeholder={t('try.example')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <FormButtons>
          <Button type="submit" variant="default" loading={resolve.isPending} disabled={text.trim() === ''}>
            {t('try.act')}
          </Button>
        </FormButtons>
      </Form>
      {found !== undefined && (
        <div role="status" style={{ marginTop: 10 }}>
          <p className={found.kind === 'none' ? styles['notice'] : undefined}>{found.why[currentLanguage()]}</p>
          {found.organisations.length > 0 && <p className={styles['soft']}>{t('try.count', { count: found.organisations.length })}</p>}
          <ul className={styles['plain']}>
            {found.organisations.map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ul>
        </div>
      )}
    </Panel>
  );
}
