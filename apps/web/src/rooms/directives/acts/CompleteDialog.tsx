import { Button, Modal, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../api/error.ts';
import { useSession } from '../../../api/session.ts';
import { DateField } from '../../../ui/form/DateField.tsx';
import { fieldError, FilePicker, Form, FormButtons } from '../../../ui/form/index.ts';
import { showToast } from '../../../ui/toast/index.ts';
import { upload } from '../api.ts';
import type { Directive } from '../api.ts';
import styles from '../Directives.module.css';

const MAX = 50_000_000;

/** *Bổ sung số, ngày* and the signed PDF of a directive that went out as KHẨN. */
export function CompleteDialog({ view, onClose }: { view: Directive; onClose: () => void }): ReactElement {
  const { t } = useTranslation('directives');
  const { today } = useSession();
  const client = useQueryClient();
  const [number, setNumber] = useState(view.number ?? '');
  const [symbol, setSymbol] = useState(view.symbol ?? '');
  const [day, setDay] = useState<string | null>(view.day ?? today);
  const [file, setFile] = useState<File | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const ready = number.trim() !== '' && symbol.trim() !== '' && day !== null && file !== null;
  const send = async (): Promise<void> => {
    if (!ready) return;
    setBusy(true);
    setError(null);
    try {
      const query = { name: file.name, version: String(view.version), number: number.trim(), symbol: symbol.trim(), day };
      await upload('POST /directives/{id}/complete', { params: { id: view.id }, query, body: file });
      await client.invalidateQueries();
      showToast({ message: t('complete.done') });
      onClose();
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('acts.complete')} size="lg" closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form onSubmit={() => void send()} error={error} places={['number', 'symbol', 'day', 'file']}>
        <div className={styles['triple']}>
          <TextInput
            label={t('field.number')}
            required
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
            error={fieldError(error, 'number')}
          />
          <TextInput
            label={t('field.symbol')}
            required
            value={symbol}
            onChange={(event) => setSymbol(event.currentTarget.value)}
            error={fieldError(error, 'symbol')}
          />
          <DateField label={t('field.day')} required value={day} onChange={setDay} error={fieldError(error, 'day')} />
        </div>
        <FilePicker
          label={t('issue.file')}
          files={file === null ? [] : [file]}
          onChange={([chosen]) => setFile(chosen ?? null)}
          accept=".pdf"
          maxBytes={MAX}
          error={fieldError(error, 'file')}
        />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={busy}>
            {t('complete.do')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
