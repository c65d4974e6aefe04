import { useNavigate } from '@tanstack/react-router';
import { useChange } from '../../api/query.ts';
import { useErrorText } from '../../ui/form/index.ts';
import { showToast } from '../../ui/toast/index.ts';
import type { ReportKind } from './api.ts';

interface Making {
  /** Freezes the figures now and opens the report; `corrects` makes it a correction. */
  make: (kind: ReportKind, corrects?: string) => void;
  /** Which kind is being made. */
  busy: ReportKind | null;
}

export function useMakeReport(directive: string): Making {
  const navigate = useNavigate();
  const errorText = useErrorText();
  const change = useChange('POST /directives/{id}/reports', ['GET /directives/{id}/reports']);
  return {
    busy: change.isPending ? change.variables.body.kind : null,
    make: (kind, corrects) => {
      if (change.isPending) return;
      change.mutate(
        { params: { id: directive }, body: { kind, ...(corrects === undefined ? {} : { corrects }) } },
        {
          onSuccess: ({ id }) => void navigate({ to: `/reports/${id}` }),
          onError: (error) => void showToast({ message: errorText(error), kind: 'problem' }),
        },
      );
    },
  };
}
