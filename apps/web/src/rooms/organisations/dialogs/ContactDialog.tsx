import { Button, Checkbox, Modal, Select, Textarea, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../../api/error.ts';
import { Form, FormButtons } from '../../../ui/form/Form.tsx';
import { useDraft } from '../../../ui/form/useDraft.ts';
import { showToast } from '../../../ui/toast/toasts.ts';
import { CONTACT_ROLES, shownPhone, useKeep } from '../api.ts';
import type { Contact, ContactRole, Organisation } from '../api.ts';
import styles from '../Organisations.module.css';

const TEXTS = ['name', 'position', 'department', 'address', 'digitalSignature'] as const;
type TextKey = (typeof TEXTS)[number];
type Draft = Record<TextKey | 'phones' | 'emails' | 'note', string> & { role: ContactRole; hotline: boolean };

/** The fields that a role requires, as the server checks them; `technical` by TT 31/2017/TT-BTTTT Đ7. */
const REQUIRED: Readonly<Record<ContactRole, readonly (keyof Draft)[]>> = {
  duty: ['phones'],
  focal: ['name', 'phones', 'emails'],
  technical: ['name', 'position', 'department', 'address', 'digitalSignature', 'phones', 'emails'],
  leader: ['name', 'position', 'phones'],
  records: [],
};

const split = (text: string): string[] =>
  text
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter(Boolean);

function draftOf(contact: Contact | null): Draft {
  const text = (key: TextKey | 'note'): string => contact?.[key] ?? '';
  return {
    role: contact?.role ?? 'duty',
    hotline: contact?.hotline ?? false,
    name: text('name'),
    position: text('position'),
    department: text('department'),
    address: text('address'),
    digitalSignature: text('digitalSignature'),
    note: text('note'),
    phones: (contact?.phones ?? []).map(shownPhone).join('; '),
    emails: (contact?.emails ?? []).join('; '),
  };
}

function bodyOf(draft: Draft) {
  const texts = Object.fromEntries(
    [...TEXTS, 'note' as const].filter((key) => draft[key].trim() !== '').map((key) => [key, draft[key].trim()]),
  );
  return { role: draft.role, hotline: draft.hotline, phones: split(draft.phones), emails: split(draft.emails), ...texts };
}

/** The error of a field or of one of its several values, `phones[1]`. */
function at(error: ApiError | null, place: string): string | null {
  return error?.place === place || error?.place?.startsWith(`${place}[`) === true ? error.message : null;
}

/** Adds a contact or changes one; the former version stays in the history. */
export function ContactDialog({
  organisation,
  contact,
  onClose,
}: {
  organisation: Organisation;
  contact: Contact | null;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation('organisations');
  const { t: ui } = useTranslation('ui');
  const [draft, setDraft, clear] = useDraft<Draft>(`contact/${organisation.id}/${contact?.id ?? 'new'}`, draftOf(contact));
  const add = useKeep('POST /organisations/{id}/contacts');
  const change = useKeep('PUT /contacts/{id}');
  const { error, isPending } = contact === null ? add : change;
  const set = (part: Partial<Draft>): void => setDraft((former) => ({ ...former, ...part }));
  const done = {
    onSuccess: () => {
      clear();
      showToast({ message: t(contact === null ? 'contact.added' : 'contact.changed') });
      onClose();
    },
  };
  const send = (): void =>
    contact === null
      ? add.mutate({ params: { id: organisation.id }, body: bodyOf(draft) }, done)
      : change.mutate({ params: { id: contact.id }, body: bodyOf(draft) }, done);
  const input = (key: TextKey | 'phones' | 'emails', description?: string): ReactElement => (
    <TextInput
      label={t(`contact.field.${key}`)}
      description={description}
      withAsterisk={REQUIRED[draft.role].includes(key)}
      value={draft[key]}
      onChange={(event) => set({ [key]: event.currentTarget.value })}
      error={at(error, key)}
      {...(key === 'phones' ? { inputMode: 'tel' as const } : {})}
    />
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(contact === null ? 'contact.add' : 'contact.change')}
      size="lg"
      closeButtonProps={{ 'aria-label': ui('close') }}
    >
      <Form
        onSubmit={send}
        error={error}
        places={[...TEXTS, 'phones', 'emails', ...Array.from({ length: 6 }, (_, n) => [`phones[${n}]`, `emails[${n}]`]).flat()]}
      >
        <Select
          label={t('field.role')}
          data={CONTACT_ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          value={draft.role}
          onChange={(role) => set({ role: role as ContactRole })}
          description={t(`needs.${draft.role}`)}
        />
        {draft.role === 'duty' && (
          <Checkbox
            label={t('contact.isHotline')}
            checked={draft.hotline}
            onChange={(event) => set({ hotline: event.currentTarget.checked })}
          />
        )}
        {input('phones', t('contact.phonesHint'))}
        {input('emails', t('contact.emailsHint'))}
        <div className={styles['pair']}>
          {input('name')}
          {input('position')}
        </div>
        <div className={styles['pair']}>
          {input('department')}
          {input('digitalSignature')}
        </div>
        {input('address')}
        <Textarea label={t('field.note')} minRows={2} value={draft.note} onChange={(event) => set({ note: event.currentTarget.value })} />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button type="submit" loading={isPending}>
            {t('save')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
