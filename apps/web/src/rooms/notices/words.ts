import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/format.ts';
import type { Rule } from './api.ts';

const time = ({ hour, minute }: Pick<Rule, 'hour' | 'minute'>): string =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;

interface Words {
  /** When it runs, in a sentence. */
  when: (rule: Rule) => string;
  /** Threshold, quiet days, what it leaves out, who gets it: one phrase each. */
  which: (rule: Rule) => string[];
}

/** A rule in words, as its list and its page say it. */
export function useWords(): Words {
  const { t } = useTranslation('notices');
  const { t: finding } = useTranslation('findings');
  const when = (rule: Rule): string =>
    t(`when.${rule.interval}`, { time: time(rule), weekday: t(`weekday.${rule.weekday}`), monthday: rule.monthday });
  const without = (rule: Rule): string[] =>
    [
      ...rule.usages.map((usage) => finding(`usage.${usage}`)),
      ...rule.families,
      ...rule.units.map(({ name }) => name),
      ...(rule.whileAnswered ? [t('without.answered')] : []),
      ...(rule.whilePostponed ? [t('without.postponed')] : []),
    ].filter(Boolean);
  const which = (rule: Rule): string[] => {
    const left = without(rule);
    return [
      t('threshold', { count: rule.threshold, shown: formatNumber(rule.threshold) }),
      rule.quietDays === 0 ? t('quiet.none') : t('quiet.days', { count: rule.quietDays }),
      t(`relapse.${rule.relapse}`, { count: rule.relapseDays }),
      t('sentTo', { roles: rule.roles.map((role) => t(`role.${role}`)).join(' → ') }),
      ...(left.length === 0 ? [] : [t('without.all', { what: left.join(', ') })]),
    ];
  };
  return { when, which };
}
