import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatDateTime, formatNumber } from '../../i18n/format.ts';
import { FactsList } from '../../ui/page/FactsList.tsx';
import type { Fact } from '../../ui/page/FactsList.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import type { Status } from './StatusPage.tsx';
import styles from './Status.module.css';

type Part = (given: { status: Status }) => ReactElement;

function Facts({ title, facts, children }: { title: string; facts: readonly Fact[]; children?: ReactNode }): ReactElement {
  return (
    <Panel label={title}>
      <h2 className={styles['heading']}>{title}</h2>
      {children}
      <FactsList facts={facts} />
    </Panel>
  );
}

const Address = ({ children }: { children: string }): ReactElement => <code className={styles['address']}>{children}</code>;

export const DiskPanel: Part = ({ status: { disk } }) => {
  const { t } = useTranslation('status');
  const used = disk.total - disk.free;
  return (
    <Facts
      title={t('disk.title')}
      facts={[
        { label: t('disk.directory'), value: <Address>{disk.directory}</Address> },
        { label: t('disk.free'), value: t('disk.freeOf', { free: formatBytes(disk.free), total: formatBytes(disk.total) }) },
        { label: t('disk.thresholds'), value: t('disk.thresholdsAre', { warn: formatBytes(disk.warn), stop: formatBytes(disk.stop) }) },
        {
          label: t('disk.sync'),
          value:
            disk.syncTime === null
              ? t('unknown')
              : t('disk.syncIs', { time: formatNumber(disk.syncTime, 1), slow: formatNumber(disk.slowFrom) }),
        },
      ]}
    >
      <meter
        className={styles['meter']}
        min={0}
        max={disk.total}
        low={disk.total - disk.warn}
        high={disk.total - disk.stop}
        value={used}
        aria-label={t('disk.used')}
      />
    </Facts>
  );
};

export const DatabasePanel: Part = ({ status: { database } }) => {
  const { t } = useTranslation('status');
  return (
    <Facts
      title={t('database.title')}
      facts={[
        { label: t('database.kind'), value: `${t(`database.${database.kind}`)}, PostgreSQL ${database.version}` },
        { label: t('database.roundTrip'), value: database.roundTrip === null ? t('unknown') : `${formatNumber(database.roundTrip, 1)} ms` },
        { label: t('database.size'), value: formatBytes(database.size) },
        {
          label: t('database.connections'),
          value: t('database.connectionsOf', { count: database.connections, limit: formatNumber(database.connectionLimit) }),
        },
        { label: t('database.replicas'), value: database.replicas === 0 ? t('database.noReplicas') : formatNumber(database.replicas) },
        { label: t('database.restarts'), value: formatNumber(database.restarts) },
      ]}
    />
  );
};

export const AuditPanel: Part = ({ status: { audit } }) => {
  const { t } = useTranslation('status');
  const since = audit.waitingSince === null ? '' : ` · ${t('audit.since', { at: formatDateTime(audit.waitingSince) })}`;
  return (
    <Facts
      title={t('audit.title')}
      facts={[
        { label: t('audit.head'), value: formatNumber(audit.head) },
        { label: t('audit.lastSealed'), value: audit.lastSealedAt === null ? t('never') : formatDateTime(audit.lastSealedAt) },
        { label: t('audit.waiting'), value: `${formatNumber(audit.waiting)}${since}` },
        {
          label: t('audit.anchor'),
          value:
            audit.anchor === null
              ? t('never')
              : t('audit.anchorIs', { at: formatDateTime(audit.anchor.at), lag: formatNumber(audit.head - audit.anchor.seq) }),
        },
        { label: t('audit.copy'), value: audit.copy === null ? t('audit.noCopy') : <Address>{audit.copy}</Address> },
      ]}
    />
  );
};

export const BackupPanel: Part = ({ status: { backup } }) => {
  const { t } = useTranslation('status');
  const shown = (one: Status['backup']['newest']): ReactNode =>
    one === null ? (
      t('never')
    ) : (
      <>
        {formatDateTime(one.at)} · {formatBytes(one.bytes)}
        <br />
        <Address>{one.file}</Address>
      </>
    );
  return (
    <Facts
      title={t('backup.title')}
      facts={[
        { label: t('backup.taken'), value: shown(backup.taken) },
        { label: t('backup.newest'), value: shown(backup.newest) },
        { label: t('backup.directory'), value: <Address>{backup.directory}</Address> },
        { label: t('backup.files'), value: formatNumber(backup.files) },
      ]}
    />
  );
};

export const OutboxPanel: Part = ({ status: { outbox } }) => {
  const { t } = useTranslation('status');
  const due = outbox.oldestDueAt === null ? '' : ` · ${t('outbox.oldest', { at: formatDateTime(outbox.oldestDueAt) })}`;
  return (
    <Facts
      title={t('outbox.title')}
      facts={[
        { label: t('outbox.mail'), value: t(`outbox.${outbox.mail}`) },
        { label: t('outbox.waiting'), value: `${formatNumber(outbox.waiting)}${due}` },
        { label: t('outbox.retrying'), value: formatNumber(outbox.retrying) },
        { label: t('outbox.failed'), value: formatNumber(outbox.failed) },
        {
          label: t('outbox.held'),
          value:
            outbox.held === null
              ? t('outbox.notHeld')
              : t('outbox.heldSince', { count: outbox.held.messages, at: formatDateTime(outbox.held.restoredAt) }),
        },
      ]}
    />
  );
};

export const ServerPanel: Part = ({ status }) => {
  const { t } = useTranslation('status');
  const { lastStep: step, threshold } = status.clock;
  const hours = Math.floor(status.uptime / 3600);
  const minutes = Math.floor((status.uptime % 3600) / 60);
  return (
    <Facts
      title={t('server.title')}
      facts={[
        { label: t('server.version'), value: status.version },
        { label: t('server.node'), value: status.node },
        { label: t('server.startedAt'), value: formatDateTime(status.startedAt) },
        { label: t('server.uptime'), value: t('server.uptimeIs', { days: Math.floor(hours / 24), hours: hours % 24, minutes }) },
        { label: t('clock.now'), value: formatDateTime(status.now) },
        {
          label: t('clock.lastStep'),
          value:
            step === null
              ? t('clock.none')
              : t(step.by < 0 ? 'clock.back' : 'clock.forward', { at: formatDateTime(step.at), by: formatNumber(Math.abs(step.by)) }),
        },
        { label: t('clock.threshold'), value: t('clock.seconds', { count: threshold }) },
      ]}
    />
  );
};
