import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Progress } from './Progress.tsx';
import type { ImportRunView } from './useImportRun.ts';

/** How far a run is. `at`: when this was read here, in milliseconds; the rate counts from the first reading, whatever the server's clock says. */
export function RunProgress({ run, at }: { run: ImportRunView; at: number }): ReactElement {
  const { t } = useTranslation('ui');
  const isUndo = run.state === 'undoing';
  const done = isUndo ? run.undo.undone + run.undo.keptTotal : run.done;
  const total = isUndo ? run.undo.total : run.total;
  const [first] = useState({ at, done });
  const rate = at - first.at > 1000 ? Math.round(((done - first.done) * 1000) / (at - first.at)) : 0;
  return <Progress done={done} total={total} noun={t('importRun.rows')} {...(rate > 0 && { rate, remaining: (total - done) / rate })} />;
}
