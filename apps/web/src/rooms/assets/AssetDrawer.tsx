import { Button, Drawer } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatDate, formatDateTime } from '../../i18n/format.ts';
import { FactsList } from '../../ui/page/FactsList.tsx';
import { ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { StateChip } from '../../ui/state/StateChip.tsx';
import { CHIPS, useMay } from './api.ts';
import type { AssetDetail } from './api.ts';
import { Period } from './AssetList.tsx';
import { BulkActs } from './BulkActs.tsx';
import styles from './Assets.module.css';
import { ClaimDialog } from './ClaimDialog.tsx';
import { HoldersLine } from './HoldersLine.tsx';

/** One asset: what it is, who held it over time, what belongs to it, and what may be done with it. */
export function AssetDrawer({ id, onClose }: { id: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation('assets');
  const { t: ui } = useTranslation('ui');
  const answer = useApi('GET /assets/{id}', { params: { id } });
  const asset = answer.data?.id === id ? answer.data : undefined;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={asset?.value ?? asset?.name ?? t('title')}
      closeButtonProps={{ 'aria-label': ui('close') }}
    >
      {asset !== undefined ? (
        <Detail asset={asset} />
      ) : answer.error === null ? (
        <LoadingLines />
      ) : (
        <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
      )}
    </Drawer>
  );
}

function Detail({ asset }: { asset: AssetDetail }): ReactElement {
  const { t } = useTranslation('assets');
  const writes = useMay('assets:write');
  const [changing, setChanging] = useState(false);
  return (
    <div className={styles['stack']}>
      <FactsList facts={useFacts(asset)} />
      {writes && (
        <div className={styles['buttons']}>
          <BulkActs assets={[asset]} onDone={() => undefined} />
          {asset.can.change && (
            <Button size="xs" variant="default" onClick={() => setChanging(true)}>
              {t('action.change')}
            </Button>
          )}
        </div>
      )}
      {asset.line.length > 0 && <HoldersLine line={asset.line} gaps={asset.gaps} />}
      {asset.parts.length > 0 && (
        <section>
          <h2 className={styles['heading']}>{t('parts')}</h2>
          <ul className={styles['plain']}>
            {asset.parts.map(({ id, kind, name }) => (
              <li key={id}>
                <Link to={'/asset-register' as never} search={{ view: kind, asset: id } as never}>
                  {name}
                </Link>{' '}
                <span className={styles['soft']}>{t(`kind.${kind}`)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {changing && <ClaimDialog kind={asset.kind} asset={asset} onClose={() => setChanging(false)} />}
    </div>
  );
}

type Fact = { label: string; value: ReactNode };

function useFacts(asset: AssetDetail): Fact[] {
  const { t } = useTranslation('assets');
  const facts: (Fact | null)[] = [
    { label: t('field.state'), value: <StateChip state={CHIPS[asset.state]} label={t(`state.${asset.state}`)} /> },
    { label: t('field.kind'), value: t(`kind.${asset.kind}`) },
    asset.name === asset.value ? null : { label: t('field.name'), value: asset.name },
    { label: t('field.organisation'), value: asset.organisation.name },
    { label: t('field.period'), value: <Period row={asset} /> },
    asset.kind === 'system' ? null : { label: t('field.usage'), value: t(`usage.${asset.usage}`) },
    asset.kind === 'domain' ? { label: t('field.subdomains'), value: t(asset.withSubdomains ? 'yes' : 'no') } : null,
    asset.mac === null ? null : { label: 'MAC', value: <span className={styles['value']}>{asset.mac}</span> },
    asset.system === null ? null : { label: t('field.system'), value: asset.system.name },
    asset.kind === 'system' ? { label: t('field.level'), value: <Level asset={asset} /> } : null,
    asset.reason === null ? null : { label: t('field.reason'), value: asset.reason },
    asset.note === null ? null : { label: t('field.note'), value: asset.note },
    { label: t('field.claimed'), value: `${asset.claimed.by}, ${formatDateTime(asset.claimed.at)}` },
    asset.decided === null ? null : { label: t('field.decided'), value: `${asset.decided.by}, ${formatDateTime(asset.decided.at)}` },
  ];
  return facts.filter((fact) => fact !== null);
}

function Level({ asset }: { asset: AssetDetail }): ReactElement {
  const { t } = useTranslation('assets');
  if (asset.level === null) return <>{t('level.none')}</>;
  const decision = [asset.levelDecision, asset.levelDay === null ? null : formatDate(asset.levelDay)].filter(Boolean).join(', ');
  return (
    <>
      {asset.level} <span className={styles['soft']}>{decision || t('level.undecided')}</span>
    </>
  );
}
