import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import type { Routes } from '../../api/contract.ts';
import type { ApiError } from '../../api/error.ts';

export type Report = Routes['GET /reports/{id}']['output'];
export type ReportHead = Routes['GET /directives/{id}/reports']['output']['items'][number];
export type ReportKind = ReportHead['kind'];
export type ReportText = Report['text'];
export type Note = Report['notes'][number];
export type Figure = Report['figures'][number];
export type Preview = Routes['POST /reports/{id}/preview']['output'];
export type Part = Preview['body'][number];
export type Piece = Extract<Part, { kind: 'text' }>['pieces'][number];
export type Schedule = NonNullable<Routes['GET /directives/{id}/report-schedule']['output']['schedule']>;

/** What is stale after anything happened to a report. */
export const STALE = ['GET /directives/{id}/reports', 'GET /reports/{id}'] as const;

/** The report as it would be printed; with `text`, as it would be with text that is not saved yet. */
export function usePreview(report: Report, given: { symbol: string; text: ReportText } | null): UseQueryResult<Preview, ApiError> {
  const body = given ?? {};
  return useQuery<Preview, ApiError>({
    queryKey: ['POST /reports/{id}/preview', report.id, report.version, report.status, given],
    queryFn: async ({ signal }) => (await call('POST /reports/{id}/preview', { params: { id: report.id }, body }, signal)) as Preview,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
