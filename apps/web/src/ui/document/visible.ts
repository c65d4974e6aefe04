// Control characters except tab and line ends, soft hyphen, zero-width and direction marks, separators, byte order mark.
// oxlint-disable-next-line no-control-regex
const HIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Cuts a text so that characters which hide or turn round others can be shown by their code point. */
export function visibleParts(text: string): (string | { code: string })[] {
  const parts: (string | { code: string })[] = [];
  let from = 0;
  for (const { 0: hidden, index } of text.matchAll(HIDDEN)) {
    if (index > from) parts.push(text.slice(from, index));
    parts.push({ code: `U+${(hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}` });
    from = index + hidden.length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}
