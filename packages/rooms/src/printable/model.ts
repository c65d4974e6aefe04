import { ZONE } from '@vonggac/kernel';

/** What lies in the folder: contacts by organisation, open tasks by agency, each to print and to sort. */
export const KINDS = ['dau-moi', 'nhiem-vu'] as const;
export type PrintableKind = (typeof KINDS)[number];
const FORMATS = ['pdf', 'xlsx'] as const;
export type PrintableFormat = (typeof FORMATS)[number];

export type PrintableFile = {
  name: string;
  kind: PrintableKind;
  format: PrintableFormat;
  /** `2024-04-26T17:00`, in Vietnam. */ at: string;
};

const NAME = /^(\d{4}-\d\d-\d\d)_(\d\d)(\d\d)_(dau-moi|nhiem-vu)_([0-9a-f]{12})\.(pdf|xlsx)$/;

/** The end of an id is its random part: it tells the organisations of one folder apart. */
const tagOf = (organisation: string): string => organisation.slice(-12);

/** `2024-04-26_1700`: the minute in Vietnam. */
export function stampOf(now: Temporal.Instant): string {
  const { hour, minute, ...rest } = partsOf(now);
  return `${rest.day}_${two(hour)}${two(minute)}`;
}

function partsOf(now: Temporal.Instant): { day: string; hour: number; minute: number } {
  const at = now.toZonedDateTimeISO(ZONE);
  return { day: at.toPlainDate().toString(), hour: at.hour, minute: at.minute };
}

const two = (value: number): string => String(value).padStart(2, '0');

export function fileName(stamp: string, kind: PrintableKind, organisation: string, format: PrintableFormat): string {
  return `${stamp}_${kind}_${tagOf(organisation)}.${format}`;
}

/** Reads a name of ours; null for anything else, and for what was written for another organisation. */
export function readName(name: string, organisation: string): PrintableFile | null {
  const [, day, hour, minute, kind, tag, format] = NAME.exec(name) ?? [];
  if (tag !== tagOf(organisation)) return null;
  return { name, kind: kind as PrintableKind, format: format as PrintableFormat, at: `${day}T${hour}:${minute}` };
}

/** Whether the lists of this evening are still to be written: the hour has come and none lies there from after it. */
export function isDue(now: Temporal.Instant, hour: number, files: readonly PrintableFile[]): boolean {
  const at = partsOf(now);
  if (at.hour < hour) return false;
  const since = `${at.day}T${two(hour)}:00`;
  return !files.some((file) => file.at >= since);
}

/** Whether a file is older than so many days. */
export function isOld(file: PrintableFile, now: Temporal.Instant, days: number): boolean {
  const today = Temporal.PlainDate.from(partsOf(now).day);
  return Temporal.PlainDate.compare(Temporal.PlainDate.from(file.at.slice(0, 10)), today.subtract({ days })) < 0;
}

/** `+84985962548` → `0985962548`, as one dials it. */
export function dialled(phone: string): string {
  return phone.replace(/^\+84/, '0');
}
