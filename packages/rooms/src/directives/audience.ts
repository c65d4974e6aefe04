import type { Text } from '@vonggac/kernel';
import type { Draft } from './draft.ts';
import type { ReadingWarning } from './model.ts';
import type { Resolved } from './resolve.ts';
import type { RecipientToWrite } from './write-draft.ts';

type Settled = { draft: Draft; recipients: RecipientToWrite[] };

/**
 * Settles whom items address once phrases are resolved. A phrase of an item that means no organisation ("các cơ quan,
 * đơn vị") narrows nothing: the item goes to those of the item above it, else to all, and the officer is told. One that means somebody who is not addressed
 * is kept and told too.
 */
export function settleAudience(draft: Draft, resolved: readonly Resolved[]): Settled {
  const all = draft.recipients.map((recipient, position) => ({ ...recipient, ...resolved[position]!, position }));
  const addressed = new Set(all.filter((one) => !one.narrows).flatMap((one) => one.organisations));
  const kept = all.filter((one) => !one.narrows || one.organisations.length > 0);
  const moved = new Map(kept.map((one, position) => [one.position, position]));
  const settled = new Map<string, number[]>();
  const requirements = draft.requirements.map((item) => {
    const known = item.audience.flatMap((position) => moved.get(position) ?? []);
    const above = settled.get(item.path.slice(0, Math.max(0, item.path.lastIndexOf('.'))));
    const audience = known.length === 0 && item.audience.length > 0 && above ? above : known;
    settled.set(item.path, audience);
    return { ...item, audience };
  });
  const doubts = all.flatMap((one): ReadingWarning[] => {
    if (!one.narrows) return [];
    const items = draft.requirements.filter((item) => item.audience.includes(one.position));
    const paths = items.filter((item) => !item.heading).map((item) => item.path);
    const place = items[0]?.span ?? { start: 0, end: 0 };
    if (one.organisations.length === 0) return [{ code: 'audience-unclear', message: unclear(one.text, paths), ...place }];
    return one.organisations.some((organisation) => addressed.has(organisation))
      ? []
      : [{ code: 'audience-not-addressed', message: stranger(one.text, paths), ...place }];
  });
  const reading = { ...draft.reading, warnings: [...draft.reading.warnings, ...doubts].toSorted((a, b) => a.start - b.start) };
  return { draft: { ...draft, reading, requirements }, recipients: kept };
}

function unclear(text: string, paths: readonly string[]): Text {
  return {
    vi: `Đối tượng “${text}” (mục ${paths.join(', ')}) không chỉ rõ đơn vị nào; đang giao cho tất cả nơi nhận. Chọn lại đối tượng nếu chỉ giao cho một số đơn vị.`,
    en: `“${text}” (item ${paths.join(', ')}) names no organisation; the item goes to all recipients. Choose its audience if only some are meant.`,
  };
}

function stranger(text: string, paths: readonly string[]): Text {
  return {
    vi: `“${text}” (mục ${paths.join(', ')}) không có dưới “Kính gửi” nên chưa được giao. Bổ sung vào nơi nhận nếu cần giao.`,
    en: `“${text}” (item ${paths.join(', ')}) is not among the recipients and gets nothing. Add it to the recipients if it should.`,
  };
}
