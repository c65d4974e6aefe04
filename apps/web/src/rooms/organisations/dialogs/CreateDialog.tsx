import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganisationHit } from '../../../api/contract.ts';
import { DateField } from '../../../ui/form/DateField.tsx';
import { fieldError } from '../../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../../ui/form/Form.tsx';
import { OrganisationPicker } from '../../../ui/form/OrganisationPicker.tsx';
import { useDraft } from '../../../ui/form/useDraft.ts';
import { showToast } from '../../../ui/toast/toasts.ts';
import { KINDS, useKeep } from '../api.ts';
import type { Kind } from '../api.ts';

interface Draft {
  kind: Kind;
  name: string;
  shortName: string;
  code: string;
  parent: OrganisationHit | null;
  supervisor: OrganisationHit | null;
  from: string | null;
}

const BLANK: Draft = { kind: 'department', name: '', shortName: '', code: '', parent: null, supervisor: null, from: null };
const PLACES = ['name', 'code', 'parentId', 'supervisorId', 'from'];

/** Thêm đơn vị: under a parent, or, for a company, under a supervisor. */
export function CreateDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation('organisations');
  const { t: ui } = useTranslation('ui');
  const navigate = useNavigate();
  const [draft, setDraft, clear] = useDraft<Draft>('organisation/new', BLANK);
  const create = useKeep('POST /organisations');
  const set = (part: Partial<Draft>): void => setDraft((former) => ({ ...former, ...part }));
  const send = (): void =>
    create.mutate(
      {
        body: {
          kind: draft.kind,
          name: draft.name,
          shortName: draft.shortName || undefined,
          code: draft.code || undefined,
          parentId: draft.parent?.id,
          supervisorId: draft.supervisor?.id,
          from: draft.from ?? undefined,
        },
      },
      {
        onSuccess: ({ id }) => {
          clear();
          showToast({ message: t('create.done', { name: draft.name }) });
          void navigate({ to: '/organisations/$id' as never, params: { id } as never });
        },
      },
    );
  const isCompany = draft.kind === 'operator';
  return (
    <Modal opened onClose={onClose} title={t('action.create')} size="lg" closeButtonProps={{ 'aria-label': ui('close') }}>
      <Form onSubmit={send} error={create.error} places={PLACES}>
        <Select
          label={t('field.kind')}
          data={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
          value={draft.kind}
          onChange={(kind) => set({ kind: kind as Kind })}
        />
        <TextInput
          label={t('field.officialName')}
          required
          value={draft.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={fieldError(create.error, 'name')}
          data-autofocus
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
          error={fieldError(create.error, 'code')}
        />
        <OrganisationPicker
          label={t('field.parent')}
          description={t(isCompany ? 'hint.parentOptional' : 'hint.parent')}
          value={draft.parent}
          onChange={(parent) => set({ parent })}
          error={fieldError(create.error, 'parentId')}
        />
        <OrganisationPicker
          label={t('field.supervisor')}
          description={t('hint.supervisor')}
          value={draft.supervisor}
          onChange={(supervisor) => set({ supervisor })}
          error={fieldError(create.error, 'supervisorId')}
        />
        <DateField
          label={t('field.from')}
          description={t('hint.from')}
          value={draft.from}
          onChange={(from) => set({ from })}
          error={fieldError(create.error, 'from')}
        />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={draft.name.trim() === ''}>
            {t('action.create')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
