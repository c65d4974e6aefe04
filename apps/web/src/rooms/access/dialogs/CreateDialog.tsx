import { Button, Modal, Select, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganisationHit, Role } from '../../../api/contract.ts';
import { useChange } from '../../../api/query.ts';
import { useSession } from '../../../api/session.ts';
import { fieldError } from '../../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../../ui/form/Form.tsx';
import { OrganisationPicker } from '../../../ui/form/OrganisationPicker.tsx';
import { useDraft } from '../../../ui/form/useDraft.ts';
import { STALE, useGrantableRoles } from '../api.ts';
import { OneSlip } from '../slips/OneSlip.tsx';
import { proposeUsername, USERNAME } from '../username.ts';

interface Draft {
  name: string;
  /** Null until it is typed: then it follows the name. */
  username: string | null;
  position: string;
  email: string;
  organisation: OrganisationHit | null;
  role: Role;
}

const PLACES = ['organisationId', 'name', 'username', 'position', 'email', 'role'];

/** Tạo tài khoản; the first password is shown once, on a slip. */
export function CreateDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation('access');
  const { t: ui } = useTranslation('ui');
  const [draft, setDraft, clear] = useDraft<Draft>('account/new', {
    name: '',
    username: null,
    position: '',
    email: '',
    organisation: null,
    role: 'officer',
  });
  const create = useChange('POST /people', STALE);
  const username = draft.username ?? proposeUsername(draft.name);
  const wrong = username !== '' && !USERNAME.test(username);
  const ready = draft.name.trim() !== '' && username !== '' && !wrong && draft.organisation !== null;
  const send = (): void => {
    if (!ready || draft.organisation === null) return;
    const { name, position, email, role } = draft;
    const more = { ...(position.trim() && { position }), ...(email.trim() && { email: email.trim() }) };
    create.mutate({ body: { organisationId: draft.organisation.id, name, username, role, ...more } });
  };
  const close = (): void => {
    if (create.data !== undefined) clear();
    onClose();
  };
  return (
    <Modal
      opened
      onClose={close}
      closeOnClickOutside={create.data === undefined}
      title={t(create.data === undefined ? 'action.create' : 'slip.made')}
      size="lg"
      closeButtonProps={{ 'aria-label': ui('close') }}
    >
      {create.data === undefined ? (
        <Form onSubmit={send} error={create.error} places={PLACES} label={t('action.create')}>
          <Fields
            draft={draft}
            username={username}
            wrong={wrong}
            onChange={(part) => setDraft((former) => ({ ...former, ...part }))}
            error={create.error}
          />
          <FormButtons>
            <Button variant="default" onClick={close}>
              {ui('cancel')}
            </Button>
            <Button type="submit" loading={create.isPending} disabled={!ready}>
              {t('action.create')}
            </Button>
          </FormButtons>
        </Form>
      ) : (
        <OneSlip
          slip={{
            name: draft.name,
            username,
            organisation: draft.organisation?.name ?? '',
            role: t(`shell:role.${draft.role}`),
            firstPassword: create.data.firstPassword,
          }}
          onClose={close}
        />
      )}
    </Modal>
  );
}

interface FieldsProps {
  draft: Draft;
  username: string;
  wrong: boolean;
  onChange: (part: Partial<Draft>) => void;
  error: Parameters<typeof fieldError>[0];
}

function Fields({ draft, username, wrong, onChange, error }: FieldsProps): ReactElement {
  const { t } = useTranslation('access');
  const { acting } = useSession();
  const roles = useGrantableRoles();
  return (
    <>
      <TextInput
        label={t('field.name')}
        required
        value={draft.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        error={fieldError(error, 'name')}
        autoComplete="off"
        data-autofocus
      />
      <TextInput
        label={t('field.username')}
        description={t('hint.username')}
        required
        value={username}
        onChange={(event) => onChange({ username: event.currentTarget.value.trim().toLowerCase() })}
        error={wrong ? t('error.username') : fieldError(error, 'username')}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
      />
      <OrganisationPicker
        label={t('field.organisation')}
        description={t('hint.organisation', { name: acting.organisation.name })}
        required
        value={draft.organisation}
        onChange={(organisation) => onChange({ organisation })}
        error={fieldError(error, 'organisationId')}
      />
      <Select
        label={t('field.role')}
        description={t(`hint.role.${draft.role}`)}
        required
        data={roles.map((role) => ({ value: role, label: t(`shell:role.${role}`) }))}
        value={draft.role}
        onChange={(role) => onChange({ role: role as Role })}
        error={fieldError(error, 'role')}
      />
      <TextInput
        label={t('field.position')}
        value={draft.position}
        onChange={(event) => onChange({ position: event.currentTarget.value })}
        error={fieldError(error, 'position')}
        autoComplete="off"
      />
      <TextInput
        label={t('field.email')}
        description={t('hint.email')}
        type="email"
        value={draft.email}
        onChange={(event) => onChange({ email: event.currentTarget.value })}
        error={fieldError(error, 'email')}
        autoComplete="off"
      />
    </>
  );
}
