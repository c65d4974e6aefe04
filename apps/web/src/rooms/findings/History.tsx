import type { TFunction } from 'i18next';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../i18n/format.ts';
import { TimeLine } from '../../ui/page/TimeLine.tsx';
import type { TimeLineEntry } from '../../ui/page/TimeLine.tsx';
import type { FindingDetail } from './api.ts';

/** What happened, newest first: sightings by list, answers, decisions, verdicts. */
export function History({ finding }: { finding: FindingDetail }): ReactElement {
  const { t } = useTranslation('findings');
  const told: TimeLineEntry[] = finding.events.map(({ id, act, at, by, organisation, note, data }) => ({
    id,
    at,
    what: sentence(act, data, t),
    who: by,
    organisation,
    ...(note === null ? {} : { detail: note }),
  }));
  const seen: TimeLineEntry[] = finding.seen.flatMap((one, at) =>
    one.isTimed
      ? [
          {
            id: `seen-${at}`,
            at: one.last,
            what: t('event.seen', { title: one.list?.title ?? '' }),
            ...(one.list === null ? {} : { who: one.list.sender }),
          },
        ]
      : [],
  );
  return <TimeLine entries={[...told, ...seen].toSorted((a, b) => (a.at < b.at ? 1 : -1))} />;
}

function sentence(act: string, data: Record<string, unknown>, t: TFunction): string {
  const word = (name: string): string => (typeof data[name] === 'string' ? data[name] : '');
  if (act === 'answered') {
    const machines =
      typeof data['machinesTotal'] === 'number'
        ? ` (${t('machines', { done: data['machinesDone'] ?? 0, total: data['machinesTotal'] })})`
        : '';
    const until = word('postponedTo') === '' ? '' : ` (${formatDate(word('postponedTo'))})`;
    const entered = data['entered'] as { via: string; who?: string | null } | undefined;
    const source = entered === undefined ? '' : [t(`entered.way.${entered.via}`), entered.who].filter(Boolean).join('; ');
    const head = entered === undefined ? t('event.answered') : t('event.enteredFor', { source });
    return `${head}: ${t(`answer.${word('answer')}`)}${machines}${until}`;
  }
  const isConfirmed = data['entered'] === 'confirmed';
  if (act === 'noted' && typeof data['entered'] === 'string') return t(isConfirmed ? 'event.enteredConfirmed' : 'event.enteredContested');
  if (act === 'verdict') return `${t('event.verdict')}: ${t(`verdict.${word('verdict')}`)}`;
  const isAccepted = data['accept'] === true;
  if (act === 'decided') return t(isAccepted ? 'event.accepted' : 'event.declined');
  if (act === 'moved')
    return t(word('overseer') === '' ? 'event.moved' : 'event.overseen', { on: formatDate(word('on')), from: word('fromName') });
  return t(`event.${act}`);
}
