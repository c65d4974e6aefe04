import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../../ui/page/index.ts';
import { showToast } from '../../../ui/toast/index.ts';
import type { Directive } from '../api.ts';
import styles from '../Directives.module.css';
import { copiesOf, copyLines, listOf } from './copies.ts';
import { FieldRow, TypedField } from './Field.tsx';
import type { PartProps } from './HeadPanel.tsx';
import { each, isEmail, isPhone, within } from './sound.ts';
import type { Check } from './sound.ts';
import { useUnsound } from './unsound.ts';

const PHONES = each(listOf, (part) => !isPhone(part), 'phone');
const EMAILS = each(listOf, (part) => !isEmail(part), 'email');
const COPIES: Check = (value) => {
  const copies = copiesOf(value ?? '');
  if (copies.length > 200) return { key: 'many', max: 200 };
  return copies.some(({ text, purpose }) => text.length > 500 || (purpose?.length ?? 0) > 100) ? { key: 'long', max: 500 } : null;
};

type Contact = Directive['contacts'][number];

/** Whom the document names for help, and who gets a copy of it. */
export function CopiesPanel({ view, link, save }: PartProps): ReactElement {
  const { t } = useTranslation('directives');
  const { contacts } = view;
  const unsound = useUnsound();
  const change = (at: number, part: Partial<Contact>): void =>
    save({ contacts: contacts.map((one, i) => (i === at ? { ...one, ...part } : one)) });
  return (
    <Panel label={t('check.contacts')}>
      <div className={styles['panelHead']}>
        <h2>{t('check.contacts')}</h2>
      </div>
      {contacts.map((contact, at) => (
        <FieldRow key={at} id={`contacts[${at}]`} label={t('check.contact', { number: at + 1 })} link={link}>
          <div className={styles['pair']}>
            <TypedField
              label={t('contact.organisation')}
              name={`contacts[${at}].organisation`}
              check={within(300)}
              placeholder={t('contact.organisation')}
              value={contact.organisation}
              lines
              onChange={(organisation) => change(at, { organisation: organisation?.replaceAll('\n', ' ') ?? null })}
            />
            <TypedField
              label={t('contact.person')}
              name={`contacts[${at}].person`}
              check={within(200)}
              placeholder={t('contact.person')}
              value={contact.person}
              onChange={(person) => change(at, { person })}
            />
            <TypedField
              label={t('contact.phones')}
              name={`contacts[${at}].phones`}
              check={PHONES}
              placeholder={t('contact.phones')}
              value={contact.phones.join('; ')}
              onChange={(text) => change(at, { phones: listOf(text) })}
            />
            <TypedField
              label={t('contact.emails')}
              name={`contacts[${at}].emails`}
              check={EMAILS}
              placeholder={t('contact.emails')}
              value={contact.emails.join('; ')}
              onChange={(text) => change(at, { emails: listOf(text) })}
            />
          </div>
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => {
              unsound.forget('contacts[');
              save({ contacts: contacts.filter((_, i) => i !== at) }, true);
              showToast({ message: t('check.contactRemoved'), undo: () => save({ contacts }, true) });
            }}
            aria-label={t('check.removeContact', { number: at + 1 })}
          >
            {t('ui:remove')}
          </Button>
        </FieldRow>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={() => save({ contacts: [...contacts, { organisation: null, person: null, phones: [], emails: [] }] }, true)}
      >
        {t('check.addContact')}
      </Button>
      <FieldRow id="copies" also="copies[" label={t('check.copies')} link={link}>
        <TypedField
          label={t('check.copies')}
          name="copies"
          check={COPIES}
          value={copyLines(view.copies)}
          lines
          onChange={(text) => save({ copies: copiesOf(text ?? '') })}
        />
      </FieldRow>
    </Panel>
  );
}
