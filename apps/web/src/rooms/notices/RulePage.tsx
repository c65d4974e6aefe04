import { Button } from '@mantine/core';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useChange } from '../../api/query.ts';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { ConfirmDialog } from '../../ui/form/ConfirmDialog.tsx';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import type { Column } from '../../ui/table/model.ts';
import { listQuery, useListState } from '../../ui/table/useListState.ts';
import { showToast } from '../../ui/toast/toasts.ts';
import { STALE } from './api.ts';
import type { Preview, PreviewRow, Rule } from './api.ts';
import styles from './Notices.module.css';
import { RuleDialog } from './RuleDialog.tsx';
import { Badges } from './RulesPage.tsx';
import { RunsPanel } from './RunsPanel.tsx';
import { useWords } from './words.ts';

/** One rule: if it went now, to whom and to whom not and why; what it did before. */
export function RulePage(): ReactElement {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { t } = useTranslation('notices');
  const rules = useApi('GET /notice-rules');
  const columns = useColumns();
  const list = useListState();
  const query = Object.fromEntries(
    Object.entries(listQuery(list.state)).filter(([name, value]) => value !== '' && name !== 'sort'),
  ) as never;
  const answer = useApi('GET /notice-rules/{id}/preview', { params: { id }, query });
  const rule = rules.data?.items.find((one) => one.id === id);
  const error = answer.error ?? rules.error;
  if (error !== null) return <ErrorState page error={error} onRetry={() => void answer.refetch()} />;
  if (rule === undefined || answer.data === undefined) return <LoadingLines lines={8} />;
  return (
    <>
      <Head rule={rule} preview={answer.data} families={rules.data?.families ?? []} />
      <div className={styles['stack']}>
        <DataTable
          caption={t('preview.title')}
          columns={columns}
          rowId={(row) => row.organisation.id}
          answer={answer}
          list={list}
          empty={{ title: t('preview.empty'), why: t('preview.emptyWhy') }}
        />
        <RunsPanel rule={id} />
      </div>
    </>
  );
}

type Doing = 'send' | 'change' | 'remove' | null;

function Head({ rule, preview, families }: { rule: Rule; preview: Preview; families: readonly string[] }): ReactElement {
  const { t } = useTranslation('notices');
  const words = useWords();
  const [doing, setDoing] = useState<Doing>(null);
  const close = (): void => setDoing(null);
  const { going, findings, withoutContact, mail } = preview;
  return (
    <>
      <PageHeader
        trail={<Link to={'/notices/rules' as never}>{t('rules.title')}</Link>}
        title={rule.name}
        lead={
          <>
            <div>
              {words.when(rule)} <Badges rule={rule} />
            </div>
            <div className={styles['soft']}>{words.which(rule).join(' · ')}</div>
          </>
        }
        actions={
          <>
            {preview.can.send && (
              <Button disabled={going === 0} onClick={() => setDoing('send')}>
                {t(rule.test ? 'send.test' : 'send.now')}
              </Button>
            )}
            {rule.can.write && (
              <>
                <Button variant="default" onClick={() => setDoing('change')}>
                  {t('rules.change')}
                </Button>
                <Button variant="default" onClick={() => setDoing('remove')}>
                  {t('rules.remove')}
                </Button>
              </>
            )}
          </>
        }
      />
      <p className={styles['said']}>
        {[
          going === 0
            ? t('preview.none')
            : t('preview.said', { count: going, shown: formatNumber(going), findings: formatNumber(findings) }),
          ...(preview.next === null ? [] : [t('rules.next', { at: formatDateTime(preview.next) })]),
        ].join(' · ')}
      </p>
      {withoutContact > 0 && (
        <p className={styles['notice']}>{t(rule.test ? 'preview.noOwnContact' : 'preview.noContact', { count: withoutContact })}</p>
      )}
      {mail !== 'ready' && <p className={styles['notice']}>{t(`mail.${mail}`)}</p>}
      {doing === 'send' && <Send rule={rule} preview={preview} onClose={close} />}
      {doing === 'change' && <RuleDialog rule={rule} families={families} onClose={close} />}
      {doing === 'remove' && <Remove rule={rule} onClose={close} />}
    </>
  );
}

function Send({ rule, preview, onClose }: { rule: Rule; preview: Preview; onClose: () => void }): ReactElement {
  const { t } = useTranslation('notices');
  const navigate = useNavigate();
  const send = useChange('POST /notice-rules/{id}/send', STALE);
  const go = (): void =>
    send.mutate(
      { params: { id: rule.id }, body: {} },
      {
        onSuccess: ({ notices, findings, state }) => {
          onClose();
          if (state === 'running') {
            showToast({ message: t('send.going') });
            return;
          }
          showToast({ message: t('send.done', { count: notices, shown: formatNumber(notices), findings: formatNumber(findings) }) });
          void navigate({
            to: '/notices' as never,
            search: { side: 'overseer', ...(rule.exercise === null ? {} : { exercise: 'true' }) } as never,
          });
        },
      },
    );
  const many = { count: preview.going, shown: formatNumber(preview.going), findings: formatNumber(preview.findings) };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t(rule.test ? 'send.test' : 'send.now')}
      confirm={t(rule.test ? 'send.test' : 'send.now')}
      onConfirm={go}
      busy={send.isPending}
      error={send.error}
    >
      <div className={styles['stack']}>
        <p>{t(rule.test ? 'send.testMeans' : 'send.means', many)}</p>
        {rule.test && preview.withoutContact > 0 && <p>{t('preview.noOwnContact')}</p>}
      </div>
    </ConfirmDialog>
  );
}

function Remove({ rule, onClose }: { rule: Rule; onClose: () => void }): ReactElement {
  const { t } = useTranslation('notices');
  const navigate = useNavigate();
  const remove = useChange('DELETE /notice-rules/{id}', ['GET /notice-rules']);
  const go = (): void =>
    remove.mutate(
      { params: { id: rule.id } },
      {
        onSuccess: () => {
          showToast({ message: t('rules.removed') });
          void navigate({ to: '/notices/rules' as never });
        },
      },
    );
  return (
    <ConfirmDialog
      opened
      grave
      onClose={onClose}
      title={t('rules.remove')}
      confirm={t('rules.remove')}
      onConfirm={go}
      busy={remove.isPending}
      error={remove.error}
    >
      <p>{t('rules.removeMeans', { name: rule.name })}</p>
    </ConfirmDialog>
  );
}

function useColumns(): readonly Column<PreviewRow>[] {
  const { t } = useTranslation('notices');
  return [
    { id: 'organisation', header: t('column.organisation'), width: '34%', wide: true, cell: (row) => row.organisation.name },
    { id: 'n', header: t('column.toTell'), number: true, cell: (row) => (row.n === 0 ? '–' : formatNumber(row.n)) },
    { id: 'again', header: t('column.again'), number: true, cell: (row) => (row.again === 0 ? '–' : formatNumber(row.again)) },
    {
      id: 'role',
      header: t('column.contact'),
      cell: (row) => (row.n === 0 ? '–' : row.role === null ? t('preview.nobody') : t(`role.${row.role}`)),
    },
    { id: 'why', header: t('column.held'), width: '30%', wide: true, cell: (row) => <Held row={row} /> },
  ];
}

function Held({ row: { held, why } }: { row: PreviewRow }): ReactElement {
  const { t } = useTranslation('notices');
  if (held.length === 0) return <>{why === null ? '–' : t(`why.${why}`)}</>;
  return <>{held.map((one) => `${t(`why.${one.why}`)}: ${formatNumber(one.n)}`).join('; ')}</>;
}
