import type { ListMapping } from '@vonggac/feeds';
import { conflict, fold, invalid } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { openExercise } from '../exercises/index.ts';
import { directiveHead, requirementsOf } from '../directives/index.ts';
import { fetchList, type List } from './internal.ts';

/** What an officer says of a list before it is taken in. Instants are ISO 8601. */
export type ListSettings = {
  title: string;
  mapping: ListMapping;
  /** null: every family of the sender. */
  families: readonly string[] | null;
  coversFrom: string | null;
  /** Of a list without times, when it was seen. */
  coversTo: string | null;
  supersedes: string | null;
  directive: string | null;
  requirement: string | null;
  due: string | null;
  /** The running exercise that it belongs to; its findings are never counted with real ones. */
  exercise?: string | null | undefined;
};

const timed = (mapping: ListMapping): boolean => mapping.columns.some(({ meaning }) => meaning === 'time');

/** When rows without a time were seen; null where every row has one. @throws DomainError `intelligence.no_time` */
export function untimedOf({ mapping, coversTo }: Pick<ListSettings, 'mapping' | 'coversTo'>): string | null {
  if (timed(mapping)) return null;
  if (coversTo !== null) return new Date(coversTo).toISOString();
  throw invalid('intelligence.no_time', 'coversTo', {
    vi: 'Danh sách không có cột thời gian. Cho biết thời điểm ghi nhận để biết ai giữ địa chỉ lúc đó.',
    en: 'The list has no times. Say when it was seen, so that it is known who held the address then.',
  });
}

/** Checks what other rows the settings name. @throws DomainError `intelligence.covers`, `intelligence.supersedes`, not found */
export async function checkSettings(tx: Tx, ctx: Ctx, list: List, settings: ListSettings): Promise<void> {
  const { coversFrom, coversTo, supersedes, directive, requirement, exercise = null } = settings;
  untimedOf(settings);
  if (coversFrom !== null && coversTo !== null && Date.parse(coversFrom) > Date.parse(coversTo))
    throw invalid('intelligence.covers', 'coversTo', {
      vi: 'Thời gian danh sách bao quát phải có đầu trước cuối.',
      en: 'What the list covers must begin before it ends.',
    });
  if (exercise !== null) await openExercise(tx, ctx, exercise);
  if (supersedes !== null) {
    const former = await fetchList(tx, ctx, supersedes);
    if (former.sender !== list.sender || former.state !== 'done' || former.id === list.id || former.exercise !== exercise)
      throw conflict('intelligence.supersedes', {
        vi: 'Chỉ thay thế được danh sách đã nhập xong của cùng nguồn, cùng là thật hoặc cùng cuộc diễn tập, và chưa bị thay thế.',
        en: 'Only a finished list of the same sender, real like this one or of the same exercise, that still counts can be corrected.',
      });
  }
  if (directive !== null) await mustHaveItem(tx, directive, requirement);
}

async function mustHaveItem(tx: Tx, directive: string, requirement: string | null): Promise<void> {
  const head = (await directiveHead(tx, [directive])).get(directive);
  const known = requirement === null || (await requirementsOf(tx, directive)).some(({ id }) => id === requirement);
  if (head !== undefined && head.status !== 'withdrawn' && known) return;
  throw invalid('intelligence.directive', known ? 'directive' : 'requirement', {
    vi: 'Chọn một văn bản còn hiệu lực và nội dung thuộc văn bản đó.',
    en: 'Choose a directive that was not withdrawn, and an item of it.',
  });
}

/** The columns of `lists` that settings fill. */
export function columnsOf(settings: ListSettings): Partial<List> {
  const { title, mapping, families, coversFrom, coversTo, supersedes, directive, requirement, due, exercise = null } = settings;
  const folded = families === null ? null : [...new Set(families.map(fold))].toSorted();
  return { title, mapping, families: folded, coversFrom, coversTo, supersedes, directive, requirement, due, exercise };
}
