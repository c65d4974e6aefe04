/** How a document is called on its page; null while it has no subject. */
export function titleOf({ kind, subject }: { kind: string; subject: string }): string | null {
  if (subject === '') return null;
  return kind === 'cong-van' ? `V/v ${subject}` : subject;
}
