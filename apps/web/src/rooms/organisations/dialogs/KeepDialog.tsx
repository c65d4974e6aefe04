import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganisationHit } from '../../../api/contract.ts';
import type { ApiError } from '../../../api/error.ts';
import { useSession } from '../../../api/session.ts';
import { DateField } from '../../../ui/form/DateField.tsx';
import { fieldError } from '../../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../../ui/form/Form.tsx';
import { OrganisationPicker } from '../../../ui/form/OrganisationPicker.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { KINDS, useKeep } from '../api.ts';
import type { Kind, Organisation } from '../api.ts';

export type KeepAct =
  | { kind: 'rename' | 'alias' | 'move' | 'supervise' | 'correct' }
  | { kind: 'endSupervision'; supervision: string; name: string };

interface Draft {
  name: string;
  from: string;
  reason: string;
  other: OrganisationHit | null;
  field: string;
  organisationKind: Kind;
  shortName: string;
  code: string;
  note: string;
}

interface Sending {
  send: () => void;
  error: ApiError | null;
  busy: boolean;
}

/** Each act with its route; all of them are called, one of them is used. */
function useSending(act: KeepAct, id: string, draft: Draft, onDone: () => void): Sending {
  const rename = useKeep('POST /organisations/{id}/rename');
  const alias = useKeep('POST /organisations/{id}/aliases');
  const move = useKeep('POST /organisations/{id}/move');
  const supervise = useKeep('POST /organisations/{id}/supervisions');
  const correct = useKeep('POST /organisations/{id}/correct');
  const end = useKeep('POST /supervisions/{id}/end');
  const params = { id };
  const done = { onSuccess: onDone };
  const reason = draft.reason.trim() || undefined;
  const other = draft.other?.id ?? '';
  const text = (value: string): string | null => value.trim() || null;
  const of = (change: { error: ApiError | null; isPending: boolean }, send: () => void): Sending => ({
    send,
    error: change.error,
    busy: change.isPending,
  });
  switch (act.kind) {
    case 'rename':
      return of(rename, () => rename.mutate({ params, body: { name: draft.name, from: draft.from, reason } }, done));
    case 'alias':
      return of(alias, () => alias.mutate({ params, body: { name: draft.name } }, done));
    case 'move':
      return of(move, () => move.mutate({ params, body: { parentId: other, from: draft.from, reason } }, done));
    case 'supervise':
      return of(supervise, () => supervise.mutate({ params, body: { supervisorId: other, field: draft.field, from: draft.from } }, done));
    case 'correct':
      return of(correct, () =>
        correct.mutate(
          {
            params,
            body: { kind: draft.organisationKind, shortName: text(draft.shortName), code: text(draft.code), note: text(draft.note) },
          },
          done,
        ),
      );
    case 'endSupervision':
      return of(end, () => end.mutate({ params: { id: act.supervision }, body: { on: draft.from, reason } }, done));
  }
}

/** The small dated acts on an organisation: rename, alias, move, supervise, end a supervision, correct. */
export function KeepDialog({
  act,
  organisation,
  onClose,
}: {
  act: KeepAct;
  organisation: Organisation;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation('organisations');
  const { t: ui } = useTranslation('ui');
  const { today } = useSession();
  const [draft, setDraft] = useState<Draft>({
    name: act.kind === 'rename' ? organisation.officialName : '',
    from: today,
    reason: '',
    other: null,
    field: t('fieldDefault'),
    organisationKind: organisation.kind,
    shortName: organisation.shortName ?? '',
    code: organisation.code ?? '',
    note: organisation.note ?? '',
  });
  const set = (part: Partial<Draft>): void => setDraft((former) => ({ ...former, ...part }));
  const { send, error, busy } = useSending(act, organisation.id, draft, () => {
    showToast({ message: t(`act.${act.kind}.done`) });
    onClose();
  });
  const needsOther = act.kind === 'move' || act.kind === 'supervise';
  const needsName = act.kind === 'rename' || act.kind === 'alias';
  const incomplete = (needsOther && draft.other === null) || (needsName && draft.name.trim() === '');
  return (
    <Modal opened onClose={onClose} title={t(`act.${act.kind}.title`)} closeButtonProps={{ 'aria-label': ui('close') }}>
      <Form onSubmit={send} error={error} places={['name', 'from', 'on', 'parentId', 'supervisorId', 'field', 'code', 'reason']}>
        <p>{t(`act.${act.kind}.detail`, { name: act.kind === 'endSupervision' ? act.name : organisation.name })}</p>
        {needsName && (
          <TextInput
            label={t(act.kind === 'alias' ? 'field.alias' : 'field.newName')}
            required
            value={draft.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
            error={fieldError(error, 'name')}
            data-autofocus
          />
        )}
        {needsOther && (
          <OrganisationPicker
            label={t(act.kind === 'move' ? 'field.newParent' : 'field.supervisor')}
            required
            value={draft.other}
            onChange={(other) => set({ other })}
            error={fieldError(error, 'parentId') ?? fieldError(error, 'supervisorId')}
          />
        )}
        {act.kind === 'supervise' && (
          <TextInput
            label={t('field.field')}
            required
            value={draft.field}
            onChange={(event) => set({ field: event.currentTarget.value })}
            error={fieldError(error, 'field')}
          />
        )}
        {act.kind === 'correct' && <CorrectFields draft={draft} set={set} error={error} />}
        {act.kind !== 'alias' && act.kind !== 'correct' && (
          <DateField
            label={t('field.fromDay')}
            required
            value={draft.from}
            onChange={(from) => set({ from: from ?? today })}
            error={fieldError(error, 'from') ?? fieldError(error, 'on')}
          />
        )}
        {(act.kind === 'rename' || act.kind === 'move' || act.kind === 'endSupervision') && (
          <Textarea
            label={t('field.basis')}
            description={t('hint.basis')}
            minRows={2}
            value={draft.reason}
            onChange={(event) => set({ reason: event.currentTarget.value })}
            error={fieldError(error, 'reason')}
          />
        )}
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={incomplete}>
            {t('save')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}

function CorrectFields({ draft, set, error }: { draft: Draft; set: (part: Partial<Draft>) => void; error: ApiError | null }): ReactElement {
  const { t } = useTranslation('organisations');
  return (
    <>
      <Select
        label={t('field.kind')}
        data={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        value={draft.organisationKind}
        onChange={(kind) => set({ organisationKind: kind as Kind })}
      />
      <TextInput
        label={t('field.shortName')}
        description={t('hint.shortName')}
        value={draft.shortName}
        onChange={(event) => set({ shortName: event.currentTarget.value })}
      />
      <TextInput
        label={t('field.code')}
        description={t('hint.code')}
        value={draft.code}
        onChange={(event) => set({ code: event.currentTarget.value })}
        error={fieldError(error, 'code')}
      />
      <Textarea label={t('field.note')} minRows={2} value={draft.note} onChange={(event) => set({ note: event.currentTarget.value })} />
    </>
  );
}
