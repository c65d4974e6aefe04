import type { EdxmlPackage } from '@vonggac/congvan/edxml';
import type { EdxmlFacts } from './model.ts';

const line = (text: string | null): string | null => text?.replaceAll(/\s+/gu, ' ').trim() || null;

/** What is kept of a message besides its head. */
export function factsOf({ document, textOf }: Extract<EdxmlPackage, { kind: 'document' }>): EdxmlFacts {
  const { business } = document;
  const ids = business.concerns.map((documentId) => ({ documentId, organisation: null, code: null, day: null }));
  const named = business.type === 'new' ? [] : document.responseFor;
  return {
    from: { id: document.from.id.slice(0, 40), name: (line(document.from.name) ?? document.from.id).slice(0, 300) },
    business: business.type,
    reason: line(business.reason)?.slice(0, 1000) ?? null,
    concerns: [...ids, ...named].slice(0, 50),
    files: document.attachments
      .slice(0, 200)
      .map(({ name, bytes }, at) => ({ name: line(name)?.slice(0, 255) ?? 'tep-dinh-kem', size: bytes.byteLength, read: at === textOf })),
  };
}
