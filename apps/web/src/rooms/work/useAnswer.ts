import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/error.ts';
import { useDraft } from '../../ui/form/useDraft.ts';
import { useAnswerSaved, useWorkAct } from './api.ts';
import type { Part, WorkItem } from './api.ts';
import { forgetUnsaved, rememberUnsaved } from './unsaved.ts';

export type Saving = 'saved' | 'typing' | 'saving' | 'offline' | 'conflict' | 'refused';

export interface Answer {
  text: string;
  type: (text: string) => void;
  /** Saves at once, as on leaving the field. */
  flush: () => void;
  saving: Saving;
  savedAt: string | null;
  error: ApiError | null;
  /** What a colleague wrote meanwhile. */
  theirs: string | null;
  keepMine: () => void;
  takeTheirs: () => void;
}

const PAUSE = 1200;
const RETRY = 10_000;

interface Draft {
  text: string;
  /** The server's state that the text was typed upon. */
  seen: string;
}

/**
 * The answer of one item, saved by itself a moment after typing. What the server has not taken stays in this tab over reload and lost
 * network and is sent again; a colleague's text is never written over unasked.
 */
export function useAnswer({ part, item, source }: { part: Part; item: WorkItem; source?: string | undefined }): Answer {
  const [draft, setDraft, clearDraft] = useDraft<Draft | null>(
    // What was typed for a reporting period that has ended does not appear in the next.
    item.period === null ? `work/${item.task}` : `work/${item.task}/${item.period.number}`,
    null,
  );
  const [saving, setSaving] = useState<Saving>(draft === null ? 'saved' : 'typing');
  const [error, setError] = useState<ApiError | null>(null);
  const [theirs, setTheirs] = useState<Draft | null>(null);
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const save = useWorkAct('POST /work/{directive}/{organisation}/answers', true);
  const latest = useRef(draft);
  useLayoutEffect(() => {
    latest.current = draft;
  });
  const seen = useRef(item.changedAt);
  /** The state after our own last save: the next text is typed upon that. */
  const own = useRef<string | null>(null);
  const running = useRef<Promise<boolean>>(Promise.resolve(true));
  useEffect(() => {
    if (latest.current !== null) return;
    seen.current = item.changedAt;
    own.current = null;
  }, [item.changedAt]);
  const { mutateAsync } = save;
  const tellPage = useAnswerSaved(part);

  const sendNow = async (): Promise<boolean> => {
    const given = latest.current;
    if (given === null) return true;
    setSaving('saving');
    try {
      const { items } = await mutateAsync({
        params: part,
        body: {
          items: [{ task: item.task, answer: given.text, seen: own.current ?? given.seen }],
          ...(source === undefined ? {} : { source }),
        },
      });
      const changedAt = items[0]?.changedAt ?? given.seen;
      seen.current = changedAt;
      own.current = changedAt;
      tellPage({ task: item.task, answer: given.text, state: items[0]?.state ?? item.state, changedAt });
      setError(null);
      setSavedAt(new Date().toISOString());
      if (latest.current?.text === given.text) {
        setSaving('saved');
        clearDraft();
      } else setDraft((now) => (now === null ? now : { ...now, seen: changedAt }));
      return true;
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      setError(caught);
      if (caught.code === 'work.changed_meanwhile') {
        setTheirs({ text: String(caught.details['answer'] ?? ''), seen: String(caught.details['changedAt'] ?? given.seen) });
        setSaving('conflict');
      } else setSaving(caught.code === 'network' ? 'offline' : 'refused');
      return false;
    }
  };
  const now = useRef(sendNow);
  useLayoutEffect(() => {
    now.current = sendNow;
  });
  // One after the other: on a slow line a second save must not meet the first as if it were a colleague's.
  const send = useCallback(async (): Promise<boolean> => {
    running.current = running.current.then(async () => await now.current());
    return await running.current;
  }, []);

  useEffect(() => {
    if (draft === null || saving === 'saving' || saving === 'conflict' || saving === 'refused') return undefined;
    const timer = setTimeout(() => void send(), saving === 'offline' ? RETRY : PAUSE);
    return () => clearTimeout(timer);
  }, [draft, saving, send]);

  useEffect(() => {
    if (draft === null) forgetUnsaved(item.task);
    else rememberUnsaved(item.task, send);
    return () => forgetUnsaved(item.task);
  }, [draft, item.task, send]);

  return {
    text: draft?.text ?? item.answer ?? '',
    type: (text) => {
      setDraft((former) => ({ text, seen: former?.seen ?? seen.current }));
      if (saving !== 'conflict') setSaving('typing');
    },
    flush: () => {
      if (latest.current !== null && (saving === 'typing' || saving === 'offline')) void send();
    },
    saving,
    savedAt,
    error,
    theirs: theirs?.text ?? null,
    keepMine: () => {
      if (theirs !== null) own.current = theirs.seen;
      setTheirs(null);
      setSaving('typing');
    },
    takeTheirs: () => {
      if (theirs !== null) {
        seen.current = theirs.seen;
        tellPage({ task: item.task, answer: theirs.text, state: item.state, changedAt: theirs.seen });
      }
      clearDraft();
      setTheirs(null);
      setError(null);
      setSaving('saved');
    },
  };
}
