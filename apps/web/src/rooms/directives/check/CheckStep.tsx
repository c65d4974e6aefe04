import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/client.ts';
import { ApiError } from '../../../api/error.ts';
import { DocumentPaper } from '../../../ui/document/index.ts';
import { useErrorText } from '../../../ui/form/index.ts';
import { showToast } from '../../../ui/toast/index.ts';
import { ExerciseField } from '../../exercises/ExerciseField.tsx';
import { directiveKey, useRead } from '../api.ts';
import type { Directive } from '../api.ts';
import styles from '../Directives.module.css';
import { CopiesPanel } from './CopiesPanel.tsx';
import { doubtsOf } from './doubts.ts';
import { EdxmlPanel } from './EdxmlPanel.tsx';
import { HeadPanel } from './HeadPanel.tsx';
import { ListsPanel } from './ListsPanel.tsx';
import { marksOf } from './marks.ts';
import { PassageBar } from './PassageBar.tsx';
import { usePassage } from './passage.ts';
import type { Passage } from './passage.ts';
import { RecipientsPanel } from './RecipientsPanel.tsx';
import { RequirementsPanel } from './RequirementsPanel.tsx';
import type { Saving } from './useSaving.ts';
import { WarningsPanel } from './WarningsPanel.tsx';

interface Props {
  view: Directive;
  saving: Saving;
  /** The mark to begin with. */
  at: string | null;
}

/** The document on the left with what was understood marked in it, the fields on the right. */
export function CheckStep({ view, saving, at }: Props): ReactElement {
  const { t } = useTranslation('directives');
  const [selected, setSelected] = useState<string | null>(at);
  const [paperShown, setPaperShown] = useState(false);
  const left = useRef<HTMLDivElement>(null);
  const client = useQueryClient();
  const { passage, forget } = usePassage(left);
  const preview = useRead('GET /directives/{id}/preview', { params: { id: view.id } });
  const problems = useMemo(() => preview.data?.problems ?? [], [preview.data]);
  const doubts = useMemo(() => doubtsOf(view, problems), [view, problems]);
  const marks = useMemo(() => marksOf(view, doubts), [view, doubts]);
  const onSelect = (id: string): void => setSelected(id === '' ? null : id);
  const making = useMaking(view, saving, onSelect);
  // A draft that was made from an upstream directive has no text of its own to choose from.
  const onMake = view.upstream === null && view.can.correct ? making.make : undefined;
  const see = (id: string): void => {
    setPaperShown(true);
    setSelected(id);
    left.current?.scrollIntoView({ block: 'nearest' });
  };
  const part = { view, link: { selected, onSelect }, save: saving.save };
  return (
    <div className={`${styles['check']} ${paperShown ? styles['paperShown'] : ''}`}>
      <div ref={left} className={styles['left']}>
        <DocumentPaper
          label={t('check.document')}
          text={view.text}
          marks={marks}
          selected={selected}
          onSelect={onSelect}
          height="calc(100dvh - 250px)"
        />
        {onMake !== undefined && passage !== null && (
          <PassageBar text={view.text} passage={passage} busy={making.busy} onMake={() => void onMake(passage).then(forget)} />
        )}
      </div>
      <Button className={styles['paperSwitch'] ?? ''} variant="default" onClick={() => setPaperShown(!paperShown)}>
        {t(paperShown ? 'check.hidePaper' : 'check.showPaper')}
      </Button>
      <fieldset className={styles['right']} disabled={!view.can.correct}>
        <WarningsPanel
          doubts={doubts}
          selected={selected}
          onSee={see}
          onMake={onMake === undefined ? undefined : (place) => void onMake(place)}
          busy={making.busy}
        />
        <EdxmlPanel view={view} />
        <ExerciseField
          view={view}
          flush={saving.flush}
          newest={() => client.getQueryData<Directive>(directiveKey(view.id)) ?? view}
          onSaved={(next) => client.setQueryData(directiveKey(view.id), next)}
        />
        <HeadPanel {...part} />
        <RecipientsPanel {...part} flush={saving.flush} />
        <RequirementsPanel {...part} problems={problems} />
        <ListsPanel {...part} flush={saving.flush} />
        <CopiesPanel {...part} />
      </fieldset>
    </div>
  );
}

/** Makes a requirement of a passage; the reader proposes its number, audience and deadline, and it opens to be checked. */
function useMaking(view: Directive, saving: Saving, onSelect: (id: string) => void) {
  const { t } = useTranslation('directives');
  const text = useErrorText();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const make = async ({ start, end }: Passage): Promise<void> => {
    setBusy(true);
    try {
      if (!(await saving.flush())) return;
      const { version } = client.getQueryData<Directive>(directiveKey(view.id)) ?? view;
      const answer = await call('POST /directives/{id}/requirements', { params: { id: view.id }, body: { version, start, end } });
      const { requirement, directive } = answer as { requirement: string; directive: Directive };
      client.setQueryData(directiveKey(view.id), directive);
      await client.invalidateQueries({ queryKey: ['GET /directives/{id}/preview'] });
      onSelect(`requirement:${requirement}`);
      const path = directive.requirements.find(({ id }) => id === requirement)?.path ?? '';
      showToast({ message: t('passage.made', { path }) });
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      showToast({ kind: 'problem', message: text(cause) ?? t('passage.failed') });
    } finally {
      setBusy(false);
    }
  };
  return { make, busy };
}
