import type { NewCall } from './api.ts';

/** A call that was noted on this device and is not on the server yet. */
export interface WaitingCall {
  call: NewCall & { id: string };
  /** Milliseconds of this device's clock. */
  notedAt: number;
}

const KEY = 'vonggac.duty.calls';
/** Sent sooner than this, the server's own clock says the hour; later, the device's does. @unit milliseconds */
const SOON = 60_000;

/** What to send: the hour of the call goes along where sending was held up. */
export function bodyOf({ call, notedAt }: WaitingCall, now: number): NewCall {
  return now - notedAt < SOON ? call : { ...call, calledAt: new Date(notedAt).toISOString() };
}

export function readWaiting(storage: Pick<Storage, 'getItem'>): WaitingCall[] {
  try {
    const read: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
    return Array.isArray(read)
      ? (read as WaitingCall[]).filter((one) => typeof one?.call?.id === 'string' && typeof one.notedAt === 'number')
      : [];
  } catch {
    return [];
  }
}

export function keepWaiting(storage: Pick<Storage, 'setItem' | 'removeItem'>, waiting: readonly WaitingCall[]): void {
  try {
    if (waiting.length === 0) storage.removeItem(KEY);
    else storage.setItem(KEY, JSON.stringify(waiting));
  } catch {
    // Storage may be full or forbidden; the call then lives as long as the page.
  }
}
