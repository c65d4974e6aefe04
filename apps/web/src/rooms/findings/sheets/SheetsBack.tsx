import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../api/session.ts';
import { formatNumber } from '../../../i18n/format.ts';
import { ConfirmDialog, FilePicker } from '../../../ui/form/index.ts';
import { Panel } from '../../../ui/page/index.ts';
import { Progress } from '../../../ui/wizard/Progress.tsx';
import styles from '../../standing/sheets/Sheets.module.css';
import { SheetCard } from './SheetCard.tsx';
import { isReady, type SheetFiles } from './useSheetFiles.ts';

const MAX_BYTES = 10_000_000;

/** Files that came back: read, looked at, and taken in when a named officer confirms. */
export function SheetsBack({ control }: { control: SheetFiles }): ReactElement {
  const { t } = useTranslation('findings');
  const { person } = useSession();
  const [asking, setAsking] = useState(false);
  const { files, running } = control;
  const ready = files.filter(isReady);
  const rows = ready.reduce((total, { view }) => total + (view?.counts.take ?? 0), 0);
  return (
    <Panel label={t('sheets.back')}>
      <h2>{t('sheets.back')}</h2>
      <p className={styles['hint']}>{t('sheets.backHint')}</p>
      <FilePicker label={t('sheets.choose')} files={[]} onChange={control.add} accept=".xlsx" maxBytes={MAX_BYTES} multiple />
      {running !== null && (
        <div className={styles['row']}>
          <div style={{ flex: 1 }}>
            <Progress done={running.done} total={running.total} noun={t(`sheets.noun.${running.kind}`)} />
          </div>
          <Button variant="default" onClick={control.cancel}>
            {t('sheets.stop')}
          </Button>
        </div>
      )}
      {files.map((file) => (
        <SheetCard key={file.key} file={file} control={control} />
      ))}
      {files.some(({ view }) => view?.state !== 'accepted') && (
        <div className={styles['row']}>
          <Button disabled={ready.length === 0 || running !== null} onClick={() => setAsking(true)}>
            {t('sheets.confirm', { count: ready.length })}
          </Button>
          {ready.length === 0 && running === null && <span className={styles['hint']}>{t('sheets.noneReady')}</span>}
        </div>
      )}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('sheets.confirm', { count: ready.length })}
        confirm={t('sheets.confirmGo')}
        onConfirm={() => {
          setAsking(false);
          control.acceptAll();
        }}
      >
        {t('sheets.confirmText', { name: person.name, count: ready.length, rows: formatNumber(rows) })}
      </ConfirmDialog>
    </Panel>
  );
}
