import { parseArgs } from 'node:util';
import type { Level, Logsource } from '@vonggac/sigma';
import { Stopped } from './stopped.ts';

/** From the least to the most severe. */
export const LEVELS: readonly Level[] = ['informational', 'low', 'medium', 'high', 'critical'];
export const FORMS = ['json', 'csv', 'summary'] as const;

export type Form = (typeof FORMS)[number] | 'table';

export type Options = {
  readonly rules: readonly string[];
  readonly paths: readonly string[];
  /** How many threads; `auto`: as many as pay on this machine for these logs. */
  readonly jobs: number | 'auto';
  readonly minLevel: Level;
  readonly failOn: Level | null;
  readonly form: Form;
  /** Where the timeline is written. */
  readonly timeline: string | null;
  /** A file of placeholders and field names. */
  readonly pipeline: string | null;
  /** Files that say how further logs are recognised, and what rules call their fields. */
  readonly mappings: readonly string[];
  /** Of events that do not tell theirs. */
  readonly logsource: Logsource | null;
};

const MOST_JOBS = 64;

const FLAGS = {
  rules: { type: 'string', multiple: true },
  pipeline: { type: 'string' },
  mapping: { type: 'string', multiple: true },
  logsource: { type: 'string' },
  jobs: { type: 'string' },
  'min-level': { type: 'string' },
  'fail-on': { type: 'string' },
  timeline: { type: 'string' },
  json: { type: 'boolean' },
  csv: { type: 'boolean' },
  summary: { type: 'boolean' },
} as const;

/** Reads what stands behind `scan`. @throws Stopped with what is wrong with it */
export function readOptions(words: readonly string[]): Options {
  const { values, positionals } = parse(words);
  if (values.rules === undefined) throw new Stopped({ vi: 'Thiếu --rules: luật Sigma.', en: 'No --rules: where are the Sigma rules?' });
  if (positionals.length === 0)
    throw new Stopped({
      vi: 'Thiếu tệp hay thư mục nhật ký; “-” là đầu vào chuẩn.',
      en: 'No file or folder of logs; “-” is standard input.',
    });
  const forms = FORMS.filter((form) => values[form] === true);
  if (forms.length > 1) throw new Stopped({ vi: 'Chỉ một trong --json, --csv, --summary.', en: 'Only one of --json, --csv, --summary.' });
  return {
    rules: values.rules,
    paths: positionals,
    jobs: jobsOf(values.jobs),
    minLevel: levelOf('--min-level', values['min-level']) ?? 'informational',
    failOn: levelOf('--fail-on', values['fail-on']),
    form: forms[0] ?? 'table',
    timeline: values.timeline ?? null,
    pipeline: values.pipeline ?? null,
    mappings: values.mapping ?? [],
    logsource: values.logsource === undefined ? null : logsourceOf(values.logsource),
  };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: FLAGS, allowPositionals: true });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new Stopped({ vi: `Không hiểu dòng lệnh: ${said}`, en: `The command line is not understood: ${said}` });
  }
}

function jobsOf(text: string | undefined): number | 'auto' {
  if (text === undefined) return 1;
  if (text === 'auto') return text;
  const jobs = Number(text);
  if (Number.isInteger(jobs) && jobs >= 1 && jobs <= MOST_JOBS) return jobs;
  throw new Stopped({ vi: `--jobs: từ 1 đến ${MOST_JOBS}, hoặc auto.`, en: `--jobs: 1 to ${MOST_JOBS}, or auto.` });
}

function levelOf(flag: string, text: string | undefined): Level | null {
  if (text === undefined) return null;
  const level = LEVELS.find((candidate) => candidate === text.toLowerCase());
  if (level !== undefined) return level;
  throw new Stopped({ vi: `${flag}: một trong ${LEVELS.join(', ')}.`, en: `${flag}: one of ${LEVELS.join(', ')}.` });
}

/** `product=linux,service=auditd` */
function logsourceOf(text: string): Logsource {
  const logsource: Record<keyof Logsource, string | null> = { category: null, product: null, service: null };
  for (const part of text.split(',')) {
    const [, key, value] = /^\s*(category|product|service)\s*=\s*(\S+)\s*$/u.exec(part) ?? [];
    if (key === undefined || value === undefined)
      throw new Stopped({
        vi: `--logsource: viết product=…,category=…,service=… (ít nhất một); hiện là “${text}”.`,
        en: `--logsource: write product=…,category=…,service=… (one or more of them); it reads “${text}”.`,
      });
    logsource[key as keyof Logsource] = value;
  }
  return logsource;
}
