import { useQueryClient } from '@tanstack/react-query';
import { useLayoutEffect, useRef } from 'react';
import type { ApiError } from '../../api/error.ts';
import { queryKeyOf, useChange } from '../../api/query.ts';
import { useDraft } from '../../ui/form/index.ts';
import type { Report, ReportText } from './api.ts';
import { differences, sent } from './text.ts';

interface Typed {
  /** The server's version that it was typed upon. */
  version: number;
  symbol: string;
  text: ReportText;
}

export interface ReportDraft {
  symbol: string;
  text: ReportText;
  /** Something is typed that the server does not have. */
  changed: boolean;
  /** Somebody else changed the report meanwhile; nothing is saved until one of the two is chosen. */
  conflict: boolean;
  type: (next: { symbol?: string; text?: ReportText }) => void;
  /** Saves what is typed; whether the server has all of it. The version after that is in `version`. */
  save: () => Promise<boolean>;
  version: () => number;
  keepMine: () => void;
  takeTheirs: () => void;
  busy: boolean;
  error: ApiError | null;
}

/** What is typed over a report: kept in this tab over errors, reload and a lost network until the server took it. */
export function useReportDraft(report: Report): ReportDraft {
  const client = useQueryClient();
  const [typed, setTyped, clear] = useDraft<Typed | null>(`report/${report.id}`, null);
  const put = useChange('PUT /reports/{id}', ['GET /directives/{id}/reports']);
  const latest = useRef({ typed, report });
  useLayoutEffect(() => {
    latest.current = { typed, report };
  });
  const changed = typed !== null && (typed.symbol !== report.symbol || differences(typed.text, report.text).length > 0);
  const save = async (): Promise<boolean> => {
    const given = latest.current.typed;
    if (given === null) return true;
    const body = { version: given.version, symbol: given.symbol, text: sent(given.text) };
    try {
      await put.mutateAsync({ params: { id: report.id }, body });
    } catch {
      // What was changed meanwhile is read again; the form says the rest.
      await client.invalidateQueries({ queryKey: ['GET /reports/{id}'] });
      return false;
    }
    const version = given.version + 1;
    const now: Report = { ...latest.current.report, version, symbol: body.symbol, text: body.text };
    client.setQueryData(queryKeyOf('GET /reports/{id}', { params: { id: report.id } }), now);
    const whileSaving = latest.current.typed;
    if (whileSaving === null || whileSaving === given) clear();
    else setTyped({ ...whileSaving, version });
    latest.current = { typed: whileSaving === given ? null : whileSaving, report: now };
    return true;
  };
  return {
    symbol: typed?.symbol ?? report.symbol,
    text: typed?.text ?? report.text,
    changed,
    conflict: changed && typed.version !== report.version,
    type: (next) => setTyped((former) => ({ version: report.version, symbol: report.symbol, text: report.text, ...former, ...next })),
    save,
    version: () => latest.current.report.version,
    keepMine: () => {
      put.reset();
      setTyped((former) => (former === null ? null : { ...former, version: report.version }));
    },
    takeTheirs: () => {
      put.reset();
      clear();
    },
    busy: put.isPending,
    error: put.error,
  };
}
