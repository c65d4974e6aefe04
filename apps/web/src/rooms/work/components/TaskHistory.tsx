import type { TFunction } from 'i18next';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../../i18n/format.ts';
import { TimeLine } from '../../../ui/page/TimeLine.tsx';
import type { HistoryEntry } from '../api.ts';
import { periodDays } from '../periods/words.ts';

interface TaskHistoryProps {
  /** Newest first, as the server gives it. */
  history: readonly HistoryEntry[];
  /** Only this task and what concerns the whole document. */
  task?: string | undefined;
  agency: string;
  overseer: string | null;
}

const OVERSEER_ACTS = new Set<HistoryEntry['act']>([
  'arrived',
  'lead-set',
  'support-set',
  'support-ended',
  'replied',
  'accepted',
  'more-asked',
  'reopened',
  'extension-granted',
  'extension-declined',
  'amended',
  'withdrawn',
  'handed-over',
  'sheet-issued',
  'declaration-undone',
  'answer-moved-out',
  'answer-moved-in',
  'period-opened',
  'period-missed',
  'period-accepted',
  'period-more-asked',
  'period-reopened',
  'recurrence-ended',
  'recurrence-resumed',
]);

/** What happened to an organisation's part in a directive: who, when, what; equal lines of one act on several items are one. */
export function TaskHistory({ history, task, agency, overseer }: TaskHistoryProps): ReactElement {
  const { t } = useTranslation('work');
  const shown = task === undefined ? history : history.filter((entry) => entry.task === null || entry.task === task);
  return (
    <TimeLine
      entries={folded(shown).map(({ entry, paths, notes }) => ({
        id: entry.id,
        at: entry.at,
        what: sentence(entry, paths, t),
        who:
          entry.data?.drafted === undefined
            ? entry.actorName
            : t('history.drafted', { drafted: entry.data.drafted, approved: entry.actorName }),
        organisation: sideOf(entry, { agency, overseer, t }),
        detail: detailOf(notes),
      }))}
    />
  );
}

interface Folded {
  entry: HistoryEntry;
  paths: string[];
  notes: { path: string | null; note: string }[];
}

/** One act on twelve items is one line that names the items. */
function folded(history: readonly HistoryEntry[]): Folded[] {
  const lines: Folded[] = [];
  for (const entry of history) {
    const { path, note } = entry;
    const last = lines.at(-1);
    const same =
      last !== undefined &&
      path !== null &&
      last.entry.path !== null &&
      last.entry.act === entry.act &&
      last.entry.at === entry.at &&
      last.entry.actorName === entry.actorName;
    const line = same ? last : { entry, paths: [...(entry.data?.paths ?? [])], notes: [] };
    if (!same) lines.push(line);
    if (path !== null) line.paths.push(path);
    if (note !== null && note !== '') line.notes.push({ path, note });
  }
  return lines;
}

/** A note that all items share is said once. */
function detailOf(notes: Folded['notes']): string | undefined {
  const [first] = notes;
  if (first === undefined) return undefined;
  if (notes.every(({ note }) => note === first.note)) return first.note;
  return byPath(notes, ({ path }) => path ?? '')
    .map(({ path, note }) => `${path ?? ''}: ${note}`)
    .join('\n');
}

function byPath<T>(list: readonly T[], pathOf: (one: T) => string): T[] {
  return list.toSorted((a, b) => pathOf(a).localeCompare(pathOf(b), 'vi', { numeric: true }));
}

function sentence({ act, data }: HistoryEntry, paths: readonly string[], t: TFunction): string {
  const told = t(`work:act.${act}`, {
    number: data?.number ?? '',
    day: data?.day === undefined ? '' : formatDate(data.day),
    until: data?.until === undefined ? '' : formatDate(data.until),
    days: data?.day === undefined || data.until === undefined ? '' : periodDays({ from: data.day, to: data.until }),
  });
  // Only whoever follows the directive is told which organisation it was.
  const said = data?.organisationName === undefined ? told : `${told}: ${data.organisationName}`;
  const of = data?.code === undefined ? '' : ` ${t('work:history.byReport', { code: data.code })}`;
  return paths.length === 0
    ? said + of
    : `${said}${of} · ${t('work:history.items', { paths: byPath([...new Set(paths)], (path) => path).join(', ') })}`;
}

function sideOf(
  { act, data }: HistoryEntry,
  { agency, overseer, t }: { agency: string; overseer: string | null; t: TFunction },
): string | undefined {
  if (data?.via !== undefined && act !== 'declaration-confirmed' && act !== 'declaration-contested')
    return t('work:history.declaredBy', {
      agency,
      via: [t(`work:declared.via.${data.via}`), data.who, data.via === 'file' ? data.source : undefined].filter(Boolean).join(', '),
    });
  if (data?.source !== undefined) return t('work:history.enteredFor', { agency, source: data.source });
  return OVERSEER_ACTS.has(act) ? (overseer ?? undefined) : agency;
}
