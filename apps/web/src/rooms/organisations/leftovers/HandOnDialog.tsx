import { Button, Modal, Radio, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganisationHit } from '../../../api/contract.ts';
import { currentLanguage } from '../../../i18n/language.ts';
import { ForeignText } from '../../../ui/document/index.ts';
import { Form, FormButtons } from '../../../ui/form/Form.tsx';
import { OrganisationPicker } from '../../../ui/form/OrganisationPicker.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { useKeep } from '../api.ts';
import type { Leftover } from '../api.ts';
import styles from '../Organisations.module.css';
import leftStyles from './Leftovers.module.css';

interface Props {
  rows: readonly Leftover[];
  onDone: () => void;
  onClose: () => void;
}

const SHOWN = 6;

/** Who takes chosen rows over, from today on; with a reason. */
export function HandOnDialog({ rows, onDone, onClose }: Props): ReactElement {
  const { t } = useTranslation('organisations');
  const { t: ui } = useTranslation('ui');
  const act = useKeep('POST /leftovers/hand-on');
  const known = knownSuccessors(rows);
  const mayLapse = rows.every(({ lapses }) => lapses);
  const [how, setHow] = useState<'one' | 'none'>('one');
  const [to, setTo] = useState<OrganisationHit | null>(known.length === 1 ? (known[0] ?? null) : null);
  const [reason, setReason] = useState('');
  const missing = reason.trim() === '' || (how === 'one' && to === null);
  const submit = (): void => {
    if (missing) return;
    const target = how === 'one' && to !== null ? to.id : null;
    const assignments = rows.map(({ id }) => ({ leftover: id, to: target }));
    act.mutate(
      { body: { assignments, reason: reason.trim() } },
      {
        onSuccess: ({ handedOn, letGo }) => {
          showToast({ message: handedOn > 0 ? t('left.done', { count: handedOn }) : t('left.doneLetGo', { count: letGo }) });
          onDone();
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('left.handOnTitle', { count: rows.length })}
      closeButtonProps={{ 'aria-label': ui('close') }}
      size="lg"
    >
      <Form onSubmit={submit} error={act.error}>
        <Chosen rows={rows} />
        {mayLapse ? (
          <Radio.Group label={t('left.how')} value={how} onChange={(value) => setHow(value === 'none' ? 'none' : 'one')}>
            <div className={leftStyles['choices']}>
              <Radio value="one" label={t('left.toOne')} />
              <Radio value="none" label={t('left.toNone')} />
            </div>
          </Radio.Group>
        ) : (
          <p className={styles['soft']}>{t('left.noLapse')}</p>
        )}
        {how === 'one' && <Target known={known} to={to} onChange={setTo} />}
        {how === 'one' && (
          <p className={styles['soft']}>
            {t('left.fromToday')} {rows.some(({ kind }) => kind === 'contacts') && t('left.contactsAnew')}
          </p>
        )}
        <Textarea
          label={t('left.reason')}
          required
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button type="submit" loading={act.isPending} disabled={missing}>
            {t(how === 'one' ? 'left.handOn' : 'left.toNone')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}

function Chosen({ rows }: { rows: readonly Leftover[] }): ReactElement {
  const { t } = useTranslation('organisations');
  return (
    <ul className={styles['plain']}>
      {rows.slice(0, SHOWN).map((row) => (
        <li key={row.id}>
          <span className={styles['grow']}>
            <ForeignText text={row.text[currentLanguage()]} /> <span className={styles['soft']}>· {row.from.name}</span>
          </span>
        </li>
      ))}
      {rows.length > SHOWN && <li className={styles['soft']}>{t('left.more', { count: rows.length - SHOWN })}</li>}
    </ul>
  );
}

/** Who took over from the former unit is one choice away; anybody else is found by name. */
function Target({
  known,
  to,
  onChange,
}: {
  known: readonly OrganisationHit[];
  to: OrganisationHit | null;
  onChange: (to: OrganisationHit | null) => void;
}): ReactElement {
  const { t } = useTranslation('organisations');
  return (
    <>
      {known.length > 1 && (
        <Select
          label={t('left.known')}
          data={known.map(({ id, name }) => ({ value: id, label: name }))}
          value={known.some(({ id }) => id === to?.id) ? (to?.id ?? null) : null}
          onChange={(id) => onChange(known.find((one) => one.id === id) ?? null)}
        />
      )}
      <OrganisationPicker label={t('left.to')} required value={to} onChange={onChange} />
    </>
  );
}

/** Successors that all the chosen rows have in common. */
function knownSuccessors(rows: readonly Leftover[]): OrganisationHit[] {
  const [first, ...others] = rows;
  const common = (first?.successors ?? []).filter(({ id }) => others.every((row) => row.successors.some((one) => one.id === id)));
  return common.map(({ id, name }) => ({ id, name, context: null }));
}
