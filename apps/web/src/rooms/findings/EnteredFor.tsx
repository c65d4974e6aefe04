import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../api/client.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { Download } from '../../ui/form/Download.tsx';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { useKeep } from './api.ts';
import type { FindingDetail } from './api.ts';
import styles from './Findings.module.css';

interface EnteredForProps {
  finding: FindingDetail;
  entered: NonNullable<FindingDetail['entered']>;
}

/** That the answer is not the organisation's own word, and whence it came; the organisation says whether it is so. */
export function EnteredFor({ finding, entered }: EnteredForProps): ReactElement {
  const { t } = useTranslation('findings');
  const [contesting, setContesting] = useState(false);
  const say = useKeep('POST /findings/{id}/entered');
  const { via, who, at, note, by, organisation, enteredAt, file, confirmed, mine } = entered;
  const source = [t(`entered.way.${via}`), who, note, file?.name].filter(Boolean).join('; ');
  const confirm = (): void =>
    say.mutate(
      { params: { id: finding.id }, body: { agree: true } },
      { onSuccess: () => void showToast({ message: t('entered.confirmed') }) },
    );
  return (
    <div className={styles['told']}>
      {t('entered.said', { unit: finding.organisation.name, source, at: formatDateTime(at) })}{' '}
      {t(confirmed ? 'entered.byConfirmed' : 'entered.by', { by, organisation, at: formatDateTime(enteredAt) })}
      {(file !== undefined || mine) && (
        <div className={styles['views']} style={{ margin: '8px 0 0' }}>
          {mine && (
            <>
              <Button variant="default" loading={say.isPending} onClick={confirm}>
                {t('entered.confirm')}
              </Button>
              <Button variant="default" onClick={() => setContesting(true)}>
                {t('entered.contest')}
              </Button>
            </>
          )}
          {file !== undefined && (
            <Download path={hrefOf('GET /finding-sheet-files/{id}/file', { params: { id: file.id } })}>{t('sheets.file')}</Download>
          )}
        </div>
      )}
      {contesting && <ContestDialog id={finding.id} onClose={() => setContesting(false)} />}
    </div>
  );
}

function ContestDialog({ id, onClose }: { id: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation('findings');
  const { t: ui } = useTranslation('ui');
  const [note, setNote] = useState('');
  const say = useKeep('POST /findings/{id}/entered');
  const submit = (): void =>
    say.mutate(
      { params: { id }, body: { agree: false, note: note.trim() || null } },
      {
        onSuccess: () => {
          showToast({ message: t('entered.contested') });
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title={t('entered.contest')} closeButtonProps={{ 'aria-label': ui('close') }}>
      <Form onSubmit={submit} error={say.error} places={['note']}>
        <p>{t('entered.contestText')}</p>
        <Textarea
          label={t('field.reason')}
          required
          minRows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={fieldError(say.error, 'note')}
        />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button type="submit" loading={say.isPending} disabled={note.trim() === ''}>
            {t('entered.contest')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
