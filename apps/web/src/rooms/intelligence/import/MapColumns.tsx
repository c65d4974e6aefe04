import { Select, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import { DateField } from '../../../ui/form/DateField.tsx';
import { Grid } from '../../../ui/table/Grid.tsx';
import { type Column, type Meaning, MEANINGS, type Uploaded } from '../api.ts';
import type { Draft } from './ImportPage.tsx';
import styles from '../Intelligence.module.css';

interface MapProps {
  upload: Uploaded;
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
}

const ZONES = [0, 420, 480, 540, -300, -480] as const;

/** What each column means; kept for the next list of this sender in this form. */
export function MapColumns({ upload, draft, onChange }: MapProps): ReactElement {
  const { t } = useTranslation('intelligence');
  const { mapping } = draft;
  const timed = mapping.columns.some(({ meaning }) => meaning === 'time');
  return (
    <div className={styles['stack']}>
      <div className={styles['pair']}>
        <TextInput
          label={t('field.title')}
          description={t('import.titleHint')}
          required
          value={draft.title}
          onChange={(event) => onChange({ title: event.currentTarget.value })}
        />
        {upload.annex !== null && <Item annex={upload.annex} draft={draft} onChange={onChange} />}
        <Supersedes upload={upload} draft={draft} onChange={onChange} />
        <Exercise draft={draft} onChange={onChange} />
        {timed ? (
          <Zone draft={draft} onChange={onChange} />
        ) : (
          <DateField
            label={t('import.seenOn')}
            description={t('import.seenOnHint')}
            required
            value={draft.to}
            onChange={(to) => onChange({ to, from: to })}
          />
        )}
        {timed && upload.recognition.dates !== null && <Order upload={upload} draft={draft} onChange={onChange} />}
      </div>
      <p className={styles['soft']}>{t('import.mapHint')}</p>
      <Columns columns={upload.recognition.columns} draft={draft} onChange={onChange} />
    </div>
  );
}

function Columns({ columns, draft, onChange }: Omit<MapProps, 'upload'> & { columns: readonly Column[] }): ReactElement {
  const { t } = useTranslation('intelligence');
  const { mapping } = draft;
  const give = (at: number, meaning: Meaning | null): void =>
    onChange({ mapping: { ...mapping, columns: mapping.columns.map((column) => (column.at === at ? { ...column, meaning } : column)) } });
  const options = [{ value: '', label: t('meaning.none') }, ...MEANINGS.map((one) => ({ value: one, label: t(`meaning.${one}`) }))];
  return (
    <Grid label={t('import.columns')} heads={[t('import.header'), t('import.meaning'), t('import.samples')]} stacks>
      {mapping.columns.map(({ header, at, meaning }) => (
        <tr key={at}>
          <th scope="row">{header}</th>
          <td className={styles['meaning']}>
            <Select
              aria-label={t('import.meaningOf', { header })}
              data={options}
              value={meaning ?? ''}
              allowDeselect={false}
              onChange={(value) => give(at, (value === '' ? null : value) as Meaning | null)}
            />
          </td>
          <td className={styles['value']}>
            {columns
              .find((column) => column.at === at)
              ?.samples.slice(0, 3)
              .join(' · ')}
          </td>
        </tr>
      ))}
    </Grid>
  );
}

/** The zone of times that name none. */
function Zone({ draft, onChange }: Omit<MapProps, 'upload'>): ReactElement {
  const { t } = useTranslation('intelligence');
  const { offset } = draft.mapping;
  const zones = [...new Set([...ZONES, offset])];
  return (
    <Select
      label={t('import.zone')}
      description={t('import.zoneHint')}
      data={zones.map((zone) => ({ value: String(zone), label: t(zone === 420 ? 'zone.vietnam' : 'zone.utc', { zone: shownZone(zone) }) }))}
      value={String(offset)}
      allowDeselect={false}
      onChange={(value) => onChange({ mapping: { ...draft.mapping, offset: Number(value) } })}
    />
  );
}

function shownZone(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

function Order({ upload, draft, onChange }: MapProps): ReactElement {
  const { t } = useTranslation('intelligence');
  return (
    <Select
      label={t('import.order')}
      description={t(`certainty.${upload.recognition.dates?.certainty ?? 'clear'}`)}
      data={(['dmy', 'mdy'] as const).map((order) => ({ value: order, label: t(`order.${order}`) }))}
      value={draft.mapping.order}
      allowDeselect={false}
      onChange={(order) => onChange({ mapping: { ...draft.mapping, order: order as 'dmy' | 'mdy' } })}
    />
  );
}

/** Which item of the directive the findings answer, and until when. */
function Item({ annex, draft, onChange }: Omit<MapProps, 'upload'> & { annex: NonNullable<Uploaded['annex']> }): ReactElement {
  const { t } = useTranslation('intelligence');
  const choose = (id: string | null): void => {
    const found = annex.requirements.find((one) => one.id === id);
    onChange({ requirement: found?.id ?? null, due: found?.due ?? null });
  };
  const items = annex.requirements.map(({ id, text }) => ({ value: id, label: text.length > 140 ? `${text.slice(0, 140)}…` : text }));
  return (
    <>
      <Select
        label={t('annex.item')}
        description={annex.subject}
        data={[{ value: '', label: t('annex.noItem') }, ...items]}
        value={draft.requirement ?? ''}
        allowDeselect={false}
        onChange={choose}
      />
      <DateField label={t('field.due')} description={t('annex.dueHint')} value={draft.due} onChange={(due) => onChange({ due })} />
    </>
  );
}

/** Which running exercise it belongs to; not asked where none runs. */
function Exercise({ draft, onChange }: Omit<MapProps, 'upload'>): ReactElement | null {
  const { t } = useTranslation('intelligence');
  const { data } = useApi('GET /exercises', { query: { size: 100 } });
  const open = (data?.items ?? []).filter(({ state }) => state === 'running');
  if (open.length === 0) return null;
  return (
    <Select
      label={t('exercise.label')}
      description={t('exercise.hint')}
      data={[{ value: '', label: t('exercise.none') }, ...open.map(({ id, name }) => ({ value: id, label: name }))]}
      value={draft.exercise ?? ''}
      allowDeselect={false}
      onChange={(id) => onChange({ exercise: id === '' ? null : id, supersedes: null })}
    />
  );
}

/** The list that this one corrects. */
function Supersedes({ upload, draft, onChange }: MapProps): ReactElement {
  const { t } = useTranslation('intelligence');
  const former = useApi('GET /lists', { query: { sender: upload.sender.id, size: 100 } });
  const lists = (former.data?.items ?? []).filter(
    ({ state, id, isExercise }) => state === 'done' && id !== upload.id && isExercise === (draft.exercise !== null),
  );
  return (
    <Select
      label={t('field.supersedes')}
      description={t('import.supersedesHint')}
      data={[{ value: '', label: t('import.supersedesNone') }, ...lists.map(({ id, title }) => ({ value: id, label: title }))]}
      value={draft.supersedes ?? ''}
      allowDeselect={false}
      onChange={(id) => onChange({ supersedes: id === '' ? null : id })}
    />
  );
}
