import { attachmentParts, type BodyPart, bodyParts, referenceLine } from './content.ts';
import { dateLine, kindTitle, listLines, numberLine } from './form.ts';
import type { DirectiveDraft } from './model.ts';

export type DocumentParts = {
  parent: string | null;
  issuer: string;
  /** `Số: 45/BC-STTTT`. */
  number: string;
  date: string;
  /** Name of the kind in capitals; null for a công văn. */
  kind: string | null;
  subject: string;
  /** As they are printed under *Kính gửi*; one recipient stands on the line itself. */
  recipients: string[];
  body: readonly BodyPart[];
  copies: string[];
  /** Lines in capitals above the name. */
  signer: { above: string[]; name: string };
  attachments: { title: string; subtitle: string | null; reference: string; body: readonly BodyPart[] }[];
  compact: boolean;
};

/** A document in the pieces that `writeDirectiveDocx` and `writeDirectivePdf` print, in their order, for drawing it on a screen. */
export function documentParts(draft: DirectiveDraft): DocumentParts {
  const [only] = draft.recipients;
  const single = draft.recipients.length === 1 && only !== undefined;
  return {
    parent: draft.issuer.parent?.toUpperCase() ?? null,
    issuer: draft.issuer.name.toUpperCase(),
    number: numberLine(draft),
    date: dateLine(draft),
    kind: kindTitle(draft.kind),
    subject: draft.subject.charAt(0).toUpperCase() + draft.subject.slice(1),
    recipients: single ? [listLines([only], '')[0]?.slice(0, -1) ?? ''] : listLines(draft.recipients, '- '),
    body: bodyParts(draft),
    copies: listLines(draft.copies, '- '),
    signer: {
      above: [...draft.signer.authority, draft.signer.title].filter((text) => text !== '').map((text) => text.toUpperCase()),
      name: draft.signer.name,
    },
    attachments: (draft.attachments ?? []).map((one) => ({
      title: one.title.toUpperCase(),
      subtitle: one.subtitle ?? null,
      reference: referenceLine(draft),
      body: attachmentParts(one),
    })),
    compact: draft.compact ?? false,
  };
}
