import { Button, Checkbox, Radio, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/client.ts';
import { ApiError } from '../../../api/error.ts';
import { useSession } from '../../../api/session.ts';
import { formatNumber } from '../../../i18n/format.ts';
import { DateField } from '../../../ui/form/DateField.tsx';
import { fieldError, FilePicker, Form, FormButtons } from '../../../ui/form/index.ts';
import { Panel } from '../../../ui/page/index.ts';
import { upload, useRead } from '../api.ts';
import type { Directive } from '../api.ts';
import styles from '../Directives.module.css';
import { Notices } from './PreviewStep.tsx';
import type { OnMend } from './PreviewStep.tsx';
import { isNumber, isSymbol } from './sound.ts';

const MAX = 50_000_000;
const PLACES = ['number', 'symbol', 'day', 'file', 'reason'];

interface Props {
  view: Directive;
  flush: () => Promise<boolean>;
  onIssued: (answer: { receivers: number; tasks: number }) => void;
  onBack: () => void;
  onMend: OnMend;
}

/** The act itself: number, day and signed PDF in one; or, for a KHẨN document, at once with a reason. */
export function IssueStep({ view, flush, onIssued, onBack, onMend }: Props): ReactElement {
  const { t } = useTranslation('directives');
  const preview = useRead('GET /directives/{id}/preview', { params: { id: view.id } });
  const issue = useIssue(view, flush, onIssued);
  const { form, set } = issue;
  const unresolved = preview.data?.unresolved.length ?? 0;
  const stopped = preview.data?.problems.some(({ level }) => level === 'error') ?? false;
  const urgent = form.way === 'urgent';
  const wrong = { number: isNumber(form.number.trim() || null), symbol: isSymbol(form.symbol.trim() || null) };
  const missing = urgent
    ? form.reason.trim() === ''
    : form.number.trim() === '' ||
      form.day === null ||
      form.file === null ||
      form.symbol.trim() === '' ||
      form.wrongDay ||
      wrong.number !== null ||
      wrong.symbol !== null;
  return (
    <Panel label={t('issue.title')}>
      <div className={styles['panelHead']}>
        <h2>{t('issue.title')}</h2>
        <span>
          {preview.data &&
            t('preview.counts', {
              tasks: formatNumber(preview.data.tasks),
              receivers: formatNumber(preview.data.receivers),
              items: preview.data.requirements.length,
            })}
        </span>
      </div>
      {preview.data && <Notices data={preview.data} onMend={onMend} />}
      <Form onSubmit={() => void issue.submit()} error={issue.error} places={PLACES}>
        {view.urgency !== null && (
          <Radio.Group label={t('issue.way')} value={form.way} onChange={(way) => set({ way: way as 'full' | 'urgent' })}>
            <div className={styles['options']}>
              <Radio value="full" label={t('issue.full')} />
              <Radio value="urgent" label={t('issue.urgent')} />
            </div>
          </Radio.Group>
        )}
        {urgent ? (
          <Textarea
            label={t('issue.reason')}
            description={t('issue.reasonHint')}
            required
            value={form.reason}
            onChange={(event) => set({ reason: event.currentTarget.value })}
            error={fieldError(issue.error, 'reason')}
          />
        ) : (
          <>
            <div className={styles['triple']}>
              <TextInput
                label={t('field.number')}
                required
                inputMode="numeric"
                value={form.number}
                onChange={(event) => set({ number: event.currentTarget.value })}
                error={wrong.number === null ? fieldError(issue.error, 'number') : t('wrong.number')}
                data-autofocus
              />
              <TextInput
                label={t('field.symbol')}
                required
                value={form.symbol}
                onChange={(event) => set({ symbol: event.currentTarget.value })}
                error={
                  wrong.symbol === null ? fieldError(issue.error, 'symbol') : t(`wrong.${wrong.symbol.key}`, { max: wrong.symbol.max })
                }
              />
              <DateField
                label={t('field.day')}
                required
                value={form.day}
                onChange={(day) => set({ day })}
                onWrong={(typed) => set({ wrongDay: typed !== null })}
                error={fieldError(issue.error, 'day')}
              />
            </div>
            <FilePicker
              label={t('issue.file')}
              files={form.file === null ? [] : [form.file]}
              onChange={([file]) => set({ file: file ?? null })}
              accept=".pdf"
              maxBytes={MAX}
              error={fieldError(issue.error, 'file')}
            />
          </>
        )}
        {unresolved > 0 && (
          <Checkbox
            label={t('issue.leaveUnresolved', { count: unresolved })}
            checked={form.leave}
            onChange={(event) => set({ leave: event.currentTarget.checked })}
          />
        )}
        {view.urgency === null && <p className={styles['hint']}>{t('issue.notUrgentHint')}</p>}
        <FormButtons>
          <Button variant="default" onClick={onBack}>
            {t('ui:wizard.back')}
          </Button>
          <Button type="submit" loading={issue.busy} disabled={missing || stopped || (unresolved > 0 && !form.leave)}>
            {preview.data
              ? t('issue.do', { count: preview.data.receivers, shown: formatNumber(preview.data.receivers) })
              : t('issue.title')}
          </Button>
        </FormButtons>
      </Form>
    </Panel>
  );
}

interface IssueForm {
  way: 'full' | 'urgent';
  number: string;
  symbol: string;
  day: string | null;
  file: File | null;
  reason: string;
  leave: boolean;
  /** The day as typed does not exist. */
  wrongDay: boolean;
}

function useIssue(view: Directive, flush: Props['flush'], onIssued: Props['onIssued']) {
  const { today } = useSession();
  const [form, setForm] = useState<IssueForm>({
    way: 'full',
    number: view.number ?? '',
    symbol: view.symbol ?? '',
    day: view.day ?? today,
    file: null,
    reason: '',
    leave: false,
    wrongDay: false,
  });
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<{ receivers: number; tasks: number }> => {
    const params = { id: view.id };
    const { version } = view;
    if (form.way === 'urgent')
      return (await call('POST /directives/{id}/issue-urgent', {
        params,
        body: { version, reason: form.reason.trim(), leaveUnresolved: form.leave },
      })) as never;
    const query = {
      name: form.file!.name,
      version: String(version),
      number: form.number.trim(),
      symbol: form.symbol.trim(),
      day: form.day!,
      leaveUnresolved: String(form.leave),
    };
    return await upload('POST /directives/{id}/issue', { params, query, body: form.file! });
  };
  const submit = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      if (await flush()) onIssued(await send());
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  return { form, set: (part: Partial<IssueForm>) => setForm((former) => ({ ...former, ...part })), error, busy, submit };
}
