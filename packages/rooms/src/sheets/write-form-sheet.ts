import { type FormCell, type FormSheet, writeForm } from '@vonggac/outside';
import { claimsSheet } from './claims.ts';
import { columnMark, columnsOf, type SheetForm } from './form.ts';
import type { Claims } from './sign.ts';

/** What goes into the cells of a sheet. */
export type SheetBody<Column extends string> = {
  /** The name of the sheet in sight. */
  tab: string;
  title: string;
  /** Lines below the title; how to fill it in comes after them. */
  lines: readonly string[];
  howTo: readonly string[];
  /** What is known already of the lines of the head that are filled in. */
  head: Readonly<Record<string, string>>;
  rows: readonly { key: string; cells: Readonly<Partial<Record<Column, string>>> }[];
  /** The words of columns that take no others. */
  choices: Partial<Readonly<Record<Column, readonly string[]>>>;
};

/** An .xlsx to be filled in: locked but for the cells of answers, the keys of its rows signed in a hidden sheet. */
export function writeSheetOf<Fact extends string, Column extends string>(
  keys: string,
  form: SheetForm<Fact, Column>,
  { body, claims }: { body: SheetBody<Column>; claims: Claims<Fact> },
): Uint8Array {
  return writeForm([inSight(form, body), claimsSheet(keys, form, claims)]);
}

function inSight<Column extends string>(form: SheetForm<string, Column>, body: SheetBody<Column>): FormSheet {
  const columns = columnsOf(form);
  const isOpen = (column: Column): boolean => form.fills.includes(column);
  const answerAt = 1 + columns.indexOf(form.answer);
  const wide = (text: string, style: 'title' | 'note' | 'plain'): FormCell[] => [{ text: '' }, { text, style }];
  const lines = [
    wide(body.title, 'title'),
    ...body.lines.map((text) => wide(text, 'plain')),
    ...body.howTo.map((text) => wide(text, 'note')),
  ];
  const fields = Object.entries(form.heads).map(([name, { key, title }]): (FormCell | null)[] => [
    { text: key },
    { text: title, style: 'strong' },
    ...Array.from({ length: answerAt - 2 }, () => null),
    { text: body.head[name] ?? '', style: 'open' },
  ]);
  const marks = [{ text: 'VG:key' }, ...columns.map((column) => ({ text: columnMark(column) }))];
  const heads = [
    { text: 'Mã dòng', style: 'head' as const },
    ...columns.map((column) => ({ text: form.columns[column].title, style: 'head' as const })),
  ];
  const rows = body.rows.map(({ key, cells }): FormCell[] => [
    { text: key, style: 'locked' },
    ...columns.map((column): FormCell => ({ text: cells[column] ?? '', style: isOpen(column) ? 'open' : 'locked' })),
  ]);
  const above = lines.length + fields.length;
  const [first, last] = [above + 3, above + 2 + rows.length];
  return {
    name: body.tab,
    columns: [{ width: 18, hidden: true }, ...columns.map((column) => ({ width: form.columns[column].width }))],
    rows: [...lines, ...fields, marks, heads, ...rows],
    hiddenRows: [above],
    merged: [
      ...lines.map((_, at) => `B${at + 1}:${letterOf(columns.length)}${at + 1}`),
      ...fields.map((_, at) => `B${lines.length + at + 1}:${letterOf(answerAt - 1)}${lines.length + at + 1}`),
    ],
    lists: columns.flatMap((column, at) => {
      const values = body.choices[column];
      return values === undefined ? [] : [{ area: `${letterOf(at + 1)}${first}:${letterOf(at + 1)}${last}`, values }];
    }),
    head: above + 1,
    protect: true,
  };
}

/** Of a sheet that has fewer columns than the alphabet has letters. */
const letterOf = (column: number): string => String.fromCharCode(65 + column);
