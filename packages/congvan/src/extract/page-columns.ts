import type { PrintedLine, Segment } from './page-layout.ts';
import { isStamp } from './stamps.ts';

/** Lines that are read together: a stretch of full width, two columns side by side, or a table. */
export type Region =
  | { readonly kind: 'lines'; readonly lines: readonly Segment[] }
  | { readonly kind: 'columns'; readonly left: readonly Segment[]; readonly right: readonly Segment[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] };

interface Gutter {
  readonly from: number;
  readonly to: number;
}

const NARROWEST = 0.3;
const NEAR = 1.75;
const STAMP_NEAR = 5;

/** The gutter that is left when this line, too, must have all its segments on one side of it; null where it crosses. */
function narrow(gutter: Gutter, line: PrintedLine): Gutter | null {
  const middle = (gutter.from + gutter.to) / 2;
  let { from, to } = gutter;
  for (const segment of line.segments) {
    if ((segment.x0 + segment.x1) / 2 < middle) from = Math.max(from, segment.x1);
    else to = Math.min(to, segment.x0);
  }
  return to - from >= NARROWEST * line.size ? { from, to } : null;
}

function gutterOf(line: PrintedLine): Gutter | null {
  const [left, right] = line.segments;
  return line.segments.length === 2 && left && right ? { from: left.x1, to: right.x0 } : null;
}

function isTableRow(line: PrintedLine): boolean {
  const first = line.segments[0];
  return line.segments.length > 2 || (line.segments.length === 2 && /^(?:stt|tt|số tt|\d{1,4}[.)]?)$/iu.test(first?.text ?? ''));
}

/** Lines before the first dual one that stand in one of the columns already: the head may begin with one side only. */
function startOf(lines: readonly PrintedLine[], at: number, floor: number, gutter: Gutter): { start: number; gutter: Gutter } {
  let start = at;
  let kept = gutter;
  while (start > floor) {
    const before = lines[start - 1] as PrintedLine;
    const below = lines[start] as PrintedLine;
    const next = narrow(kept, before);
    if (next === null || before.segments.length > 1 || before.y - below.y > NEAR * below.size) break;
    kept = next;
    start -= 1;
  }
  return { start, gutter: kept };
}

/** The last line of two columns: the last dual line, and after it lines that go on closely in one of the columns. */
function endOf(lines: readonly PrintedLine[], at: number, gutter: Gutter): { end: number; gutter: Gutter } {
  let end = at + 1;
  let kept = gutter;
  let probe = gutter;
  for (let next = end; next < lines.length; next++) {
    const line = lines[next] as PrintedLine;
    const narrowed = isTableRow(line) ? null : narrow(probe, line);
    if (narrowed === null) break;
    probe = narrowed;
    const dual = line.segments.length === 2;
    const above = lines[next - 1] as PrintedLine;
    const stamped = line.segments.length === 1 && isStamp(line.segments[0]?.text ?? '');
    const goesOn = next === end && above.y - line.y <= (stamped ? STAMP_NEAR : NEAR) * line.size;
    if (!dual && !goesOn) continue;
    end = next + 1;
    kept = probe;
  }
  return { end, gutter: kept };
}

function split(lines: readonly PrintedLine[], gutter: Gutter): Region {
  const middle = (gutter.from + gutter.to) / 2;
  const segments = lines.flatMap((line) => line.segments);
  const onLeft = (segment: Segment): boolean => (segment.x0 + segment.x1) / 2 < middle;
  return { kind: 'columns', left: segments.filter(onLeft), right: segments.filter((segment) => !onLeft(segment)) };
}

/** A pair of segments far apart in a single line is two columns only near the head or the foot, which hold such pairs. */
export function regionsOf(lines: readonly PrintedLine[]): Region[] {
  const regions: Region[] = [];
  let plain: Segment[] = [];
  const flush = (): void => {
    if (plain.length > 0) regions.push({ kind: 'lines', lines: plain });
    plain = [];
  };
  let floor = 0;
  for (let at = 0; at < lines.length;) {
    const line = lines[at] as PrintedLine;
    const gutter = gutterOf(line);
    if (isTableRow(line)) {
      let end = at + 1;
      while (end < lines.length && (lines[end] as PrintedLine).segments.length > 1) end += 1;
      flush();
      regions.push({ kind: 'table', rows: lines.slice(at, end).map((one) => one.segments.map((segment) => segment.text)) });
      at = end;
    } else if (gutter !== null) {
      const begin = startOf(lines, at, floor, gutter);
      const finish = endOf(lines, at, begin.gutter);
      plain.splice(plain.length - (at - begin.start));
      flush();
      regions.push(split(lines.slice(begin.start, finish.end), finish.gutter));
      at = finish.end;
    } else {
      plain.push(...line.segments);
      at += 1;
      continue;
    }
    floor = at;
  }
  flush();
  return regions;
}
