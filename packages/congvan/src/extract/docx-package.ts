import { openZip, parseXml } from '@vonggac/outside';
import type { XmlElement, Zip } from '@vonggac/outside';
import { refuse } from './refusals.ts';
import { childrenOf } from './xml-tools.ts';

/** The parts of a .docx that carry text. */
export interface DocxPackage {
  readonly document: XmlElement;
  readonly numbering: XmlElement | undefined;
  readonly styles: XmlElement | undefined;
  /** Headers and footers: only stamps are looked for in them. */
  readonly margins: XmlElement[];
}

interface Relation {
  readonly type: string;
  readonly target: string;
  readonly external: boolean;
}

const CONTENT_TYPES = '[Content_Types].xml';
const ACTIVE_PART = /vbaproject|vbadata|(?:^|\/)activex\//iu;
// A template on a path of the author's own machine is usual and harmless; one fetched from a network is not.
const FETCHED = /^(?:https?|ftp):|^(?:file:)?[/\\]{2,}(?![/\\]?[a-z]:)[^/\\]/iu;
const CALLING_TYPES = new Set(['oleObject', 'attachedTemplate', 'subDocument', 'frame', 'control', 'package']);

function relationsIn(zip: Zip, path: string): Relation[] {
  return childrenOf(parseXml(zip.read(path), { place: path }), 'Relationship').map((one) => ({
    type: (one.attributes.get('Type') ?? '').split('/').at(-1) ?? '',
    target: one.attributes.get('Target') ?? '',
    external: one.attributes.get('TargetMode') === 'External',
  }));
}

/** What kind of office file an archive is, by its content types and entries. */
export function kindOfArchive(zip: Zip): 'docx' | 'odt' | 'spreadsheet' | 'presentation' | 'archive' {
  if (zip.has('mimetype') && zip.has('content.xml')) return 'odt';
  if (!zip.has(CONTENT_TYPES)) return 'archive';
  if (zip.has('xl/workbook.xml') || zip.has('xl/workbook.bin')) return 'spreadsheet';
  if (zip.has('ppt/presentation.xml')) return 'presentation';
  return 'docx';
}

function refuseActive(zip: Zip): void {
  const types = new TextDecoder().decode(zip.read(CONTENT_TYPES));
  const part = zip.entries.find((entry) => ACTIVE_PART.test(entry.name));
  if (part !== undefined || /macroEnabled|vbaProject/iu.test(types)) throw refuse('macro', part?.name ?? CONTENT_TYPES);
}

function refuseCalls(zip: Zip): void {
  for (const { name } of zip.entries) {
    if (!name.endsWith('.rels')) continue;
    for (const relation of relationsIn(zip, name)) {
      if (!relation.external || !CALLING_TYPES.has(relation.type)) continue;
      if (relation.type === 'attachedTemplate' && !FETCHED.test(relation.target)) continue;
      throw refuse('external-content', name);
    }
  }
}

function pathFrom(folder: string, target: string): string {
  return target.startsWith('/') ? target.slice(1) : `${folder}${target}`;
}

function xmlPart(zip: Zip, path: string | undefined): XmlElement | undefined {
  return path !== undefined && zip.has(path) ? parseXml(zip.read(path), { place: path }) : undefined;
}

/**
 * Opens a .docx and refuses what is active in it (macros, ActiveX) or calls elsewhere (linked objects, templates from a
 * network). ECMA-376 Part 2 §9, Part 1 §11.
 *
 * @throws OutsideError `macro`, `external-content`, `docx-broken`, `odt`, `spreadsheet`, `presentation`, `archive`, `zip-…`, `xml-…`
 */
export function openDocx(bytes: Uint8Array, name: string): DocxPackage {
  const zip = openZip(bytes);
  const kind = kindOfArchive(zip);
  if (kind !== 'docx') throw refuse(kind, name);
  refuseActive(zip);
  refuseCalls(zip);
  if (!zip.has('_rels/.rels')) throw refuse('docx-broken', '_rels/.rels');
  const main = relationsIn(zip, '_rels/.rels').find((one) => one.type === 'officeDocument' && !one.external)?.target;
  const path = main === undefined ? '' : pathFrom('', main);
  if (!zip.has(path)) throw refuse('docx-broken', path || '_rels/.rels');
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const relations = `${folder}_rels/${path.slice(folder.length)}.rels`;
  const parts = zip.has(relations) ? relationsIn(zip, relations).filter((one) => !one.external) : [];
  const pathsOf = (type: string): string[] => parts.filter((one) => one.type === type).map((one) => pathFrom(folder, one.target));
  const margins = [...pathsOf('header'), ...pathsOf('footer')].flatMap((one) => xmlPart(zip, one) ?? []);
  const document = xmlPart(zip, path);
  if (document === undefined || document.name !== 'document') throw refuse('docx-broken', path);
  return { document, numbering: xmlPart(zip, pathsOf('numbering')[0]), styles: xmlPart(zip, pathsOf('styles')[0]), margins };
}
