import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** Where the worlds' contacts have their addresses. */
export const MAIL_DOMAIN = 'mau.example';

/** A message as a mail server got it: to whom it was handed, and all that stands in it, read as its receiver would. */
export type Message = { to: string[]; headers: Map<string, string>; parts: string[] };
export type Mailbox = {
  /** `host:port` on loopback. */
  address: string;
  /** What came since the last time. */
  empty(): Message[];
  close(): Promise<void>;
};

/** A mail server that takes everything and keeps it. */
export async function openMailbox(): Promise<Mailbox> {
  let messages: Message[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        messages.push({ to: session.envelope.rcptTo.map(({ address }) => address), ...readMessage(Buffer.concat(chunks).toString()) });
        done();
      });
    },
  });
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
  return {
    address: `127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    empty: () => {
      const came = messages;
      messages = [];
      return came;
    },
    close: () => new Promise((down) => server.close(() => down())),
  };
}

/** Headers and parts of a message (RFC 5322, 2045 to 2047), every encoding taken off; the headers of a part stand before its text. */
export function readMessage(raw: string): Omit<Message, 'to'> {
  const [head, body] = cut(raw);
  const headers = headersOf(head);
  return { headers, parts: partsOf(headers, body) };
}

function partsOf(headers: Map<string, string>, body: string): string[] {
  const boundary = /multipart\/.*boundary="?([^";]+)"?/is.exec(headers.get('content-type') ?? '')?.[1];
  if (boundary === undefined) return [bodyOf(headers, body)];
  return body
    .split(new RegExp(`^--${RegExp.escape(boundary)}(?:--)?\\s*$`, 'm'))
    .slice(1, -1)
    .flatMap((part) => {
      const [head, text] = cut(part.replace(/^\r?\n/, ''));
      const own = headersOf(head);
      return [[...own.values()].join('\n'), ...partsOf(own, text)];
    });
}

function cut(raw: string): [string, string] {
  const at = /\r?\n\r?\n/.exec(raw);
  return at === null ? [raw, ''] : [raw.slice(0, at.index), raw.slice(at.index + at[0].length)];
}

function headersOf(head: string): Map<string, string> {
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  return new Map(
    lines.flatMap((line) => {
      const [, name, value] = /^([!-9;-~]+):\s*(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name.toLowerCase(), wordsOf(value!)]];
    }),
  );
}

function wordsOf(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?[^?]+\?([bq])\?([^?]*)\?=/gi, (_, way: string, text: string) =>
      /b/i.test(way) ? Buffer.from(text, 'base64').toString() : unquoted(text.replaceAll('_', ' ')),
    );
}

function bodyOf(headers: Map<string, string>, body: string): string {
  const way = headers.get('content-transfer-encoding')?.toLowerCase();
  if (way === 'base64') return Buffer.from(body, 'base64').toString();
  return way === 'quoted-printable' ? unquoted(body.replace(/=\r?\n/g, '')) : body;
}

function unquoted(text: string): string {
  return text.replace(/(?:=[0-9A-F]{2})+/gi, (hex) => Buffer.from(hex.replaceAll('=', ''), 'hex').toString());
}
