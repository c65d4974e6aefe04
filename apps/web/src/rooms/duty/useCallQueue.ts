import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { ApiError } from '../../api/error.ts';
import { useErrorText } from '../../ui/form/index.ts';
import { showToast } from '../../ui/toast/index.ts';
import type { NewCall } from './api.ts';
import { bodyOf, keepWaiting, readWaiting } from './call-queue.ts';
import type { WaitingCall } from './call-queue.ts';

export interface CallQueue {
  waiting: readonly WaitingCall[];
  /** Notes a call; it is sent at once, or when the network is back. */
  note: (call: Omit<NewCall, 'id' | 'calledAt'>) => void;
  sendNow: () => void;
}

const STALE = ['GET /duty/organisations', 'GET /duty/calls', 'GET /duty/picks/latest'] as const;

/** Calls are kept on the device until the server has them; the same call sent twice is written once. */
export function useCallQueue(): CallQueue {
  const { t } = useTranslation('duty');
  const errorText = useErrorText();
  const client = useQueryClient();
  const [waiting, setWaiting] = useState(() => readWaiting(localStorage));
  const now = useRef(waiting);
  const sending = useRef(false);
  const keep = useCallback((next: WaitingCall[]) => {
    now.current = next;
    keepWaiting(localStorage, next);
    setWaiting(next);
  }, []);
  const send = useCallback(async () => {
    if (sending.current) return;
    sending.current = true;
    let sent = 0;
    for (let head = now.current[0]; head !== undefined; head = now.current[0]) {
      const { id } = head.call;
      try {
        await api('POST /duty/calls', { body: bodyOf(head, Date.now()) });
        sent++;
      } catch (error) {
        if (!(error instanceof ApiError) || error.status === 0 || error.status >= 500 || error.status === 401) break;
        showToast({ message: t('call.refused', { why: errorText(error) }), kind: 'problem' });
      }
      keep(now.current.filter((one) => one.call.id !== id));
    }
    sending.current = false;
    if (sent === 0) return;
    showToast({ message: t('call.logged', { count: sent }) });
    await Promise.all(STALE.map(async (key) => await client.invalidateQueries({ queryKey: [key] })));
  }, [client, errorText, keep, t]);
  const again = useEffectEvent(() => {
    if (now.current.length > 0) void send();
  });
  useEffect(() => {
    const onOnline = (): void => again();
    onOnline();
    window.addEventListener('online', onOnline);
    return () => window.removeEventListener('online', onOnline);
  }, []);
  const note: CallQueue['note'] = (call) => {
    keep([...now.current, { call: { ...call, id: crypto.randomUUID() }, notedAt: Date.now() }]);
    void send();
  };
  return { waiting, note, sendNow: () => void send() };
}
