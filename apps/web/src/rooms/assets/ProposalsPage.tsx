import { Button, Checkbox, Select } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Routes } from '../../api/contract.ts';
import { formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { FilePicker } from '../../ui/form/FilePicker.tsx';
import { Problem } from '../../ui/form/Form.tsx';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import { Grid } from '../../ui/table/Grid.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { useKeep } from './api.ts';
import styles from './Assets.module.css';

type Tried = Routes['POST /asset-proposals/try']['output'];
type Network = Tried['networks'][number];
/** Operator by the name in the files; null leaves it out. */
type Chosen = Readonly<Record<string, string | null>>;

const LIMIT = 1_000_000;
const SHOWN = 100;

/** Ranges of operators out of published prefix files: matched by name, chosen here, approved in the register. */
export function ProposalsPage(): ReactElement {
  const { t } = useTranslation('assets');
  const navigate = useNavigate();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [chosen, setChosen] = useState<Chosen>({});
  const attempt = useKeep('POST /asset-proposals/try');
  const propose = useKeep('POST /asset-proposals');
  const read = async () => await Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() })));
  const look = async (): Promise<void> =>
    attempt.mutate(
      { body: { files: await read() } },
      {
        onSuccess: ({ networks }) =>
          setChosen(Object.fromEntries(networks.map(({ name, organisation }) => [name, organisation?.id ?? null]))),
      },
    );
  const matches = Object.entries(chosen).flatMap(([name, organisation]) => (organisation === null ? [] : [{ name, organisation }]));
  const send = async (): Promise<void> =>
    propose.mutate(
      { body: { files: await read(), matches } },
      {
        onSuccess: ({ proposed, known }) => {
          showToast({ message: t('propose.done', { proposed: formatNumber(proposed), known: formatNumber(known) }) });
          void navigate({ to: '/asset-register' as never, search: { view: 'range', state: 'claimed', usage: 'carrier' } as never });
        },
      },
    );
  const error = attempt.error ?? propose.error;
  return (
    <>
      <PageHeader title={t('propose.title')} trail={<Link to={'/asset-register' as never}>{t('title')}</Link>} lead={t('propose.lead')} />
      <Panel>
        <div className={styles['stack']}>
          {error !== null && <Problem error={error} />}
          <FilePicker
            label={t('propose.choose')}
            files={files}
            onChange={(next) => {
              setFiles(next);
              attempt.reset();
            }}
            accept=".cidr,.tsv,.csv,.txt"
            maxBytes={LIMIT}
            multiple
            warnOfSecrecy={false}
          />
          <p className={styles['soft']}>{t('propose.forms')}</p>
          <div className={styles['buttons']}>
            <Button
              variant={attempt.data ? 'default' : 'filled'}
              disabled={files.length === 0}
              loading={attempt.isPending}
              onClick={() => void look()}
            >
              {t('propose.read')}
            </Button>
            {attempt.data !== undefined && (
              <Button disabled={matches.length === 0} loading={propose.isPending} onClick={() => void send()}>
                {t('propose.send', { count: matches.length })}
              </Button>
            )}
          </div>
          {attempt.data !== undefined && <Matches tried={attempt.data} chosen={chosen} onChoose={setChosen} />}
        </div>
      </Panel>
    </>
  );
}

function Matches({ tried, chosen, onChoose }: { tried: Tried; chosen: Chosen; onChoose: (next: Chosen) => void }): ReactElement {
  const { t } = useTranslation('assets');
  const [all, setAll] = useState(false);
  const rows = all ? tried.networks : tried.networks.slice(0, SHOWN);
  const data = tried.operators.map(({ id, name }) => ({ value: id, label: name }));
  const heads = (['name', 'asn', 'ranges', 'known', 'addresses', 'operator'] as const).map((head) => t(`propose.${head}`));
  return (
    <>
      {tried.operators.length === 0 && <p className={styles['notice']}>{t('propose.noOperators')}</p>}
      <Grid label={t('propose.title')} heads={heads} stacks>
        {rows.map((row) => (
          <MatchRow
            key={row.name}
            row={row}
            data={data}
            value={chosen[row.name] ?? null}
            onChange={(to) => onChoose({ ...chosen, [row.name]: to })}
          />
        ))}
      </Grid>
      {tried.networks.length > SHOWN && (
        <Checkbox
          label={t('propose.all', { count: tried.networks.length })}
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
      )}
      {tried.unnamed > 0 && <p className={styles['soft']}>{t('propose.unnamed', { count: tried.unnamed })}</p>}
      <p className={styles['soft']}>{tried.source[currentLanguage()]}</p>
    </>
  );
}

interface MatchRowProps {
  row: Network;
  data: { value: string; label: string }[];
  value: string | null;
  onChange: (to: string | null) => void;
}

function MatchRow({ row, data, value, onChange }: MatchRowProps): ReactElement {
  const { t } = useTranslation('assets');
  return (
    <tr>
      <td>{row.name}</td>
      <td className="tabular" style={{ whiteSpace: 'nowrap' }}>
        {row.asns.slice(0, 3).join(', ')}
      </td>
      <td className="tabular">{formatNumber(row.ranges)}</td>
      <td className="tabular">{formatNumber(row.known)}</td>
      <td className="tabular">{formatNumber(row.addresses)}</td>
      <td>
        <Select
          aria-label={`${t('propose.operator')}: ${row.name}`}
          size="xs"
          data={data}
          value={value}
          clearable
          placeholder={t('propose.none')}
          onChange={onChange}
        />
      </td>
    </tr>
  );
}
