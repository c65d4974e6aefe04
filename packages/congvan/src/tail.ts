import { startsAttachment } from './attachments.ts';
import { cellsOf } from './lines.ts';
import type { Line, Source } from './lines.ts';
import { findSigner, opensBlock } from './signer.ts';
import type { SignerBlock } from './signer.ts';

/** Where the body ends, and what stands behind it. Indexes of lines; lists hold the columns that matter. */
export interface Tail {
  bodyTo: number;
  copyLines: Line[];
  signer: SignerBlock | null;
  /** First line of the attached lists; the number of lines where there are none. */
  attachmentsFrom: number;
  /** First line after copies and signature. */
  tailTo: number;
}

const COPIES_LABEL = /^noi nhan\s{0,3}(?:[:.;']|$)/;
const COPIES_MAX = 80;

/** Finds "Nơi nhận", signature and attachments behind the body (boxes 7, 9b and appendices of NĐ 30/2020/NĐ-CP). */
export function findTail(source: Source, bodyFrom: number): Tail {
  const { lines } = source;
  const label = findLabel(lines, bodyFrom);
  if (label < 0) return tailWithoutCopies(source, bodyFrom);
  const copiesTo = findCopiesEnd(lines, label);
  const copyLines = lines
    .slice(label, copiesTo)
    .map(leftCell)
    .filter((line) => line.text !== '');
  const attachmentsFrom = findAttachments(lines, copiesTo);
  const before = signerBefore(source, bodyFrom, label);
  const right = rightCells(lines.slice(Math.max(label - 1, bodyFrom), copiesTo));
  const beside =
    right.length > 0 ? findSigner(source, [...right, ...lines.slice(copiesTo, Math.min(attachmentsFrom, copiesTo + 6))]) : null;
  const after = findSigner(source, lines.slice(copiesTo, Math.min(attachmentsFrom, copiesTo + 30)));
  const signer = best([beside, after, before?.block ?? null]);
  const bodyTo = signer !== null && signer === before?.block ? before.from : label;
  const tailTo = signer === after && after ? copiesTo + after.to : copiesTo;
  return { bodyTo: Math.max(bodyTo, bodyFrom), copyLines, signer, attachmentsFrom, tailTo };
}

function best(blocks: readonly (SignerBlock | null)[]): SignerBlock | null {
  const found = blocks.filter((block) => block !== null);
  return found.find((block) => block.signer.name !== null) ?? found[0] ?? null;
}

function findLabel(lines: readonly Line[], from: number): number {
  for (let i = from; i < lines.length; i += 1) {
    const line = lines[i];
    if (line && line.text.length < 200 && cellsOf(line).some((cell) => COPIES_LABEL.test(cell.fold.replace(/^[\s*-]+/, '')))) return i;
  }
  return -1;
}

function leftCell(line: Line): Line {
  return tailCells(line)[0] ?? line;
}

function rightCells(lines: readonly Line[]): Line[] {
  return lines.flatMap((line) => tailCells(line).filter((cell, index) => index > 0 && cell.text.trim() !== ''));
}

/** Columns of a line of the tail; a title in capitals behind an entry is a column, too: "- Như trên; PHÓ GIÁM ĐỐC". */
function tailCells(line: Line): Line[] {
  const cells = cellsOf(line);
  const only = cells.length === 1 ? cells[0] : undefined;
  const match = only && only.text.length < 200 ? /[:;.,)]\s+(?=\p{Lu}[\p{Lu}.\s,-]+$)/u.exec(only.text) : null;
  if (!only || !match) return cells;
  const at = match.index + match[0].length;
  const right = { ...only, start: only.start + at, text: only.text.slice(at), fold: only.fold.slice(at) };
  if (!opensBlock(right) || /^(?:tm|kt|tl|tuq|q|t\/m|k\/t)\.$/.test(only.fold.slice(0, match.index + 1))) return cells;
  const end = match.index + 1;
  return [{ ...only, end: only.start + end, text: only.text.slice(0, end), fold: only.fold.slice(0, end) }, right];
}

/** The list ends after "Lưu: …", before the signature, or at an attachment. */
function findCopiesEnd(lines: readonly Line[], label: number): number {
  let kept = false;
  for (let i = label + 1; i < lines.length && i < label + COPIES_MAX; i += 1) {
    const line = lines[i];
    if (!line) break;
    const cell = leftCell(line);
    const bullet = /^\s*[-+*•–—]/.test(cell.text);
    if (!bullet && (opensBlock(cell) || startsAttachment(lines, i))) return i;
    if (kept && !bullet && (line.gap || !continuesKeep(cell))) return i;
    if (!bullet && line.gap && i > label + 1 && cell.text.length > 200) return i;
    if (/^[-+*•–—\s]*l[uư]u\s?(?:[:;]|vt)/.test(cell.fold)) kept = true;
  }
  return Math.min(lines.length, label + COPIES_MAX);
}

function continuesKeep(cell: Line): boolean {
  return cell.text.length < 60 && /^(?:[\p{Ll}(,\d]|[A-ZĐ]{2,8}[,.;)\s(]*(?:\(|$|[A-ZĐ]{2,8}))/u.test(cell.text) && !/_/.test(cell.text);
}

function findAttachments(lines: readonly Line[], from: number): number {
  for (let i = from; i < lines.length; i += 1) if (startsAttachment(lines, i)) return i;
  return lines.length;
}

interface Before {
  block: SignerBlock;
  from: number;
}

/** A signature printed above "Nơi nhận": at most eight short lines up. */
function signerBefore(source: Source, bodyFrom: number, label: number): Before | null {
  const floor = Math.max(bodyFrom, label - 8);
  let from = label;
  while (from > floor && (source.lines[from - 1]?.text.length ?? 99) < 90 && !/[.;:/]$/.test(source.lines[from - 1]?.text ?? '.'))
    from -= 1;
  for (let i = from; i < label; i += 1) {
    const line = source.lines[i];
    if (!line || !opensBlock(line)) continue;
    const block = findSigner(source, source.lines.slice(i, label));
    return block && (block.signer.name !== null || block.signer.authority !== null) ? { block, from: i } : null;
  }
  return null;
}

function tailWithoutCopies(source: Source, bodyFrom: number): Tail {
  const { lines } = source;
  const attachmentsFrom = findAttachments(lines, bodyFrom);
  for (let i = Math.max(bodyFrom, attachmentsFrom - 30); i < attachmentsFrom; i += 1) {
    const line = lines[i];
    if (!line || !opensBlock(line) || /^[-+*•–—]/.test(line.text)) continue;
    const block = findSigner(source, lines.slice(i, attachmentsFrom));
    if (block && (block.signer.name !== null || block.signer.authority !== null)) {
      return { bodyTo: i, copyLines: [], signer: block, attachmentsFrom, tailTo: i + block.to };
    }
  }
  return { bodyTo: attachmentsFrom, copyLines: [], signer: null, attachmentsFrom, tailTo: attachmentsFrom };
}
