import type { About, Level, RuleSet } from '@vonggac/sigma';
import { LEVELS } from './options.ts';
import { printable } from './shown-hit.ts';
import type { Tally } from './tally.ts';

export type Summary = {
  readonly set: RuleSet;
  /** Rules and correlations by the numbers of the tally. */
  readonly abouts: readonly About[];
  readonly tally: Tally;
  readonly files: number;
  readonly isStopped: boolean;
  /** @unit milliseconds */
  readonly took: number;
};

const SHOWN = { rules: 50, refused: 200 };

/** What was read, what was found and what could not be used, for people. */
export function summaryOf({ set, abouts, tally, files, isStopped, took }: Summary): string {
  const lines = [
    ...(isStopped ? ['Dừng giữa chừng: mới là phần đã đọc / interrupted: what was read so far'] : []),
    `${number(set.rules.length + set.correlations.length)}  luật đã nạp / rules loaded${set.correlations.length > 0 ? ` (${set.correlations.length} tương quan / correlations)` : ''}`,
    `${number(set.errors.length)}  luật không dùng được / rules refused`,
    ...(set.warnings.length > 0 ? [`${number(set.warnings.length)}  lưu ý về luật / notes on rules`] : []),
    `${number(files)}  tệp / files`,
    ...(tally.unread > 0 ? [`${number(tally.unread)}  tệp không đọc được / files not read`] : []),
    `${number(tally.events)}  sự kiện / events (${Math.round(tally.events / Math.max(took / 1000, 0.001)).toLocaleString('vi')}/s)`,
    `${number(tally.unknown)}  sự kiện không rõ nguồn nhật ký / events of an unknown log source`,
    ...(tally.cut > 0 ? [`${number(tally.cut)}  sự kiện quá lớn, chỉ đọc một phần / events too large, read in part`] : []),
    `${number(tally.damaged)}  phần hỏng (khối, bản ghi, dòng) / damaged parts (chunks, records, lines)`,
    ...(tally.bases > 0 ? [`${number(tally.bases)}  kết quả đưa vào tương quan / hits fed to correlations`] : []),
    ...(tally.uncorrelated > 0
      ? [`${number(tally.uncorrelated)}  trong đó không tương quan được / of them not correlated (no time, limits)`]
      : []),
    `${number(hitsOf(tally))}  kết quả / hits`,
    ...byLevel(abouts, tally),
    ...byRule(abouts, tally),
  ];
  return `${lines.join('\n')}\n`;
}

/** Rules that were refused or are doubtful, and files that were damaged: each with its place and the reason. */
export function remarksOf(set: RuleSet, tally: Tally): string {
  const lines: string[] = [];
  for (const [kind, remarks] of [
    ['luật không dùng được / rule refused', set.errors],
    ['lưu ý / note', set.warnings],
  ] as const) {
    for (const { file, line, code, message } of remarks.slice(0, SHOWN.refused))
      lines.push(printable(`${file}:${line}: ${kind}: ${code}: ${message}`));
    if (remarks.length > SHOWN.refused) lines.push(`… +${remarks.length - SHOWN.refused} ${kind}`);
  }
  for (const { place, text } of tally.losses) lines.push(printable(`${place}: ${text}`));
  const more = tally.damaged + tally.unread - tally.losses.length;
  if (more > 0) lines.push(`… +${more} phần hỏng / damaged parts`);
  return lines.map((line) => `${line}\n`).join('');
}

export function hitsOf(tally: Tally): number {
  let sum = 0;
  for (const count of tally.hits.values()) sum += count;
  return sum;
}

function byLevel(abouts: readonly About[], tally: Tally): string[] {
  const counts = new Map<Level, number>();
  for (const [rule, count] of tally.hits) {
    const { level } = abouts[rule]!;
    counts.set(level, (counts.get(level) ?? 0) + count);
  }
  return LEVELS.toReversed()
    .filter((level) => counts.has(level))
    .map((level) => `${number(counts.get(level)!)}    ${level}`);
}

/** The author of a rule is named with it, as its licence asks. */
function byRule(abouts: readonly About[], tally: Tally): string[] {
  const all = [...tally.hits].map(([rule, count]) => ({ about: abouts[rule]!, count }));
  all.sort(
    (a, b) =>
      LEVELS.indexOf(b.about.level) - LEVELS.indexOf(a.about.level) || b.count - a.count || (a.about.title < b.about.title ? -1 : 1),
  );
  const lines = all.slice(0, SHOWN.rules).map(({ about: { title, level, author }, count }) => {
    return `${number(count)}    ${level.padEnd(13)}  ${printable(title)}${author === null ? '' : ` (${printable(author).slice(0, 80)})`}`;
  });
  if (lines.length > 0) lines.unshift('Theo luật / by rule:');
  if (all.length > SHOWN.rules) lines.push(`${number(all.length - SHOWN.rules)}    luật khác có kết quả / more rules with hits`);
  return lines;
}

function number(value: number): string {
  return value.toLocaleString('vi').padStart(12);
}
