import type { XmlElement } from '@vonggac/outside';

/** Elements are found by local name: senders disagree on prefix and namespace. */
export function child(element: XmlElement | null, name: string): XmlElement | null {
  return children(element, name)[0] ?? null;
}

export function children(element: XmlElement | null, name: string): XmlElement[] {
  return (element?.children ?? []).filter((one): one is XmlElement => typeof one !== 'string' && one.name === name);
}

/** The text of an element, trimmed; null where there is none. Some senders fill what they do not know with N/A. */
export function textOf(element: XmlElement | null): string | null {
  if (element === null) return null;
  const text = element.children
    .filter((one): one is string => typeof one === 'string')
    .join('')
    .normalize('NFC')
    .trim();
  return text === '' || /^n\/a$/iu.test(text) ? null : text;
}

export function textAt(element: XmlElement | null, name: string): string | null {
  return textOf(child(element, name));
}

/** `2026/04/05` or `2026-04-05` as an ISO date; null where it is no day. */
export function dayFrom(text: string | null): string | null {
  const parts = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:[ T].*)?$/u.exec(text ?? '');
  if (parts === null) return null;
  try {
    const [, year, month, day] = parts.map(Number);
    return Temporal.PlainDate.from({ year: year ?? 0, month: month ?? 0, day: day ?? 0 }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}

/** `2026/04/05 16:35:56` as `2026-04-05T16:35:56`, local time of the sender. */
export function timeFrom(text: string | null): string | null {
  const day = dayFrom(text);
  const clock = /[ T](\d{2}):(\d{2}):(\d{2})/u.exec(text ?? '');
  if (day === null || clock === null) return null;
  const [, hour, minute, second] = clock;
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60 ? `${day}T${hour}:${minute}:${second}` : null;
}
