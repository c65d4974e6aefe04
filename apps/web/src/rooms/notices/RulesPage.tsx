import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { EmptyState, ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import { ExerciseBadge } from '../exercises/ExerciseBanner.tsx';
import type { Rule } from './api.ts';
import styles from './Notices.module.css';
import { RuleDialog } from './RuleDialog.tsx';
import { useWords } from './words.ts';

/** The rules by which the authority tells organisations of their findings. */
export function RulesPage(): ReactElement {
  const { t } = useTranslation('notices');
  const answer = useApi('GET /notice-rules');
  const [dialog, setDialog] = useState<Rule | 'new' | null>(null);
  const data = answer.data;
  const create = data?.can.write === true ? <Button onClick={() => setDialog('new')}>{t('rules.new')}</Button> : undefined;
  return (
    <>
      <PageHeader
        trail={<Link to={'/notices' as never}>{t('title.overseer')}</Link>}
        title={t('rules.title')}
        lead={t('rules.lead')}
        actions={create}
      />
      {data === undefined &&
        (answer.error === null ? <LoadingLines lines={5} /> : <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />)}
      {data?.total === 0 && <EmptyState title={t('rules.empty')} why={t(data.can.write ? 'rules.emptyWhy' : 'rules.emptyWhyOther')} />}
      <div className={styles['stack']}>
        {data?.items.map((rule) => (
          <Panel key={rule.id} label={rule.name}>
            <One rule={rule} onChange={rule.can.write ? () => setDialog(rule) : undefined} />
          </Panel>
        ))}
      </div>
      {dialog !== null && (
        <RuleDialog rule={dialog === 'new' ? null : dialog} families={data?.families ?? []} onClose={() => setDialog(null)} />
      )}
    </>
  );
}

/** What a rule is besides its name: off, in test mode, of an exercise. */
export function Badges({ rule }: { rule: Pick<Rule, 'active' | 'test' | 'exercise'> }): ReactElement {
  const { t } = useTranslation('notices');
  return (
    <>
      {!rule.active && <span className={styles['badge']}>{t('rules.off')}</span>}
      {rule.test && <span className={`${styles['badge']} ${styles['test']}`}>{t('rules.testMode')}</span>}
      {rule.exercise !== null && <ExerciseBadge />}
    </>
  );
}

function One({ rule, onChange }: { rule: Rule; onChange: (() => void) | undefined }): ReactElement {
  const { t } = useTranslation('notices');
  const navigate = useNavigate();
  const words = useWords();
  const { next, last, writtenBy } = rule;
  return (
    <article className={styles['one']}>
      <header>
        <h2>{rule.name}</h2>
        <Badges rule={rule} />
      </header>
      <p>{words.when(rule)}</p>
      <p className={styles['soft']}>{words.which(rule).join(' · ')}</p>
      <p className={styles['soft']}>
        {[
          next === null ? null : t('rules.next', { at: formatDateTime(next) }),
          last === null
            ? t('rules.never')
            : t('rules.last', { at: formatDateTime(last.at), notices: formatNumber(last.notices), findings: formatNumber(last.findings) }),
          t('rules.by', { name: writtenBy }),
        ]
          .filter((one) => one !== null)
          .join(' · ')}
      </p>
      <div className={styles['acts']}>
        <Button size="compact-md" onClick={() => void navigate({ to: `/notices/rules/${rule.id}` as never })}>
          {t('rules.preview')}
        </Button>
        {onChange !== undefined && (
          <Button variant="default" size="compact-md" onClick={onChange}>
            {t('rules.change')}
          </Button>
        )}
      </div>
    </article>
  );
}
