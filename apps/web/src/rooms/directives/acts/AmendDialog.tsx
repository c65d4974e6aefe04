import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../../i18n/format.ts';
import { DateField } from '../../../ui/form/DateField.tsx';
import { Form, FormButtons } from '../../../ui/form/index.ts';
import { showToast } from '../../../ui/toast/index.ts';
import { useAct } from '../api.ts';
import type { Directive, Requirement } from '../api.ts';
import styles from '../Directives.module.css';
import { dueOf, partsOf } from '../check/deadline.ts';
import { OrganisationsField } from '../check/OrganisationsField.tsx';
import type { Named } from '../check/OrganisationsField.tsx';
import { bodyOf, type Edit, isUnchanged, type Plan } from './amendment.ts';

/** *Sửa đổi, bổ sung*: what is new in the items, new items, receivers that come or go; one act with its reason. */
export function AmendDialog({ view, onClose }: { view: Directive; onClose: () => void }): ReactElement {
  const { t } = useTranslation('directives');
  const act = useAct('POST /directives/{id}/amendments');
  const [plan, setPlan] = useState<Plan>({ edits: {}, added: [], joining: [], leaving: [], reason: '' });
  const items = view.requirements.filter((item) => !item.heading && item.withdrawnAt === null);
  const set = (part: Partial<Plan>): void => setPlan((former) => ({ ...former, ...part }));
  const ready = plan.reason.trim() !== '' && !isUnchanged(plan);
  const send = (): void => {
    if (!ready) return;
    act.mutate(
      { params: { id: view.id }, body: bodyOf(view.version, plan, t('amend.addedRecipient')) },
      {
        onSuccess: ({ tasks, withdrawn }) => {
          showToast({ message: t('amend.done', { tasks, withdrawn }) });
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={t('acts.amend')} size="xl" closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form onSubmit={send} error={act.error}>
        <p className={styles['hint']}>{t('amend.lead')}</p>
        <ul className={styles['rows']}>
          {items.map((item) => (
            <EditRow
              key={item.id}
              item={item}
              edit={plan.edits[item.id]}
              onEdit={(edit) => set({ edits: { ...plan.edits, [item.id]: edit } })}
            />
          ))}
        </ul>
        <AddedItems plan={plan} set={set} />
        <OrganisationsField label={t('amend.joining')} value={plan.joining} onChange={(joining) => set({ joining })} />
        <Leaving view={view} value={plan.leaving} onChange={(leaving) => set({ leaving })} />
        <Textarea
          label={t('ui:confirm.reason')}
          description={t('amend.reasonHint')}
          required
          value={plan.reason}
          onChange={(event) => set({ reason: event.currentTarget.value })}
        />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={act.isPending}>
            {t('amend.do')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}

function EditRow({ item, edit = {}, onEdit }: { item: Requirement; edit: Edit | undefined; onEdit: (edit: Edit) => void }): ReactElement {
  const { t } = useTranslation('directives');
  const [open, setOpen] = useState(false);
  const due = edit.due === undefined ? item.due : edit.due;
  return (
    <li className={`${styles['item']} ${edit.withdrawn ? styles['struck'] : ''}`}>
      <button type="button" className={styles['itemLine']} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={styles['path']}>{item.path}</span>
        <span className={styles['clamped']}>{edit.text ?? item.text}</span>
        <span className={styles['facts']}>
          {edit.withdrawn ? t('amend.withdrawn') : due === null ? t('check.noDeadline') : formatDate(due)}
          {(edit.text !== undefined || edit.due !== undefined) && (
            <span className={`${styles['chip']} ${styles['measure']}`}>{t('amend.changed')}</span>
          )}
        </span>
      </button>
      {open && (
        <div className={styles['editor']}>
          <Textarea
            label={t('item.text')}
            autosize
            minRows={2}
            value={edit.text ?? item.text}
            disabled={edit.withdrawn ?? false}
            onChange={(event) => onEdit({ ...edit, text: event.currentTarget.value })}
          />
          <DateField
            label={t('item.dueDay')}
            value={partsOf(due).day}
            disabled={edit.withdrawn ?? false}
            onChange={(day) => onEdit({ ...edit, due: dueOf(day, partsOf(due).time) })}
          />
          <div>
            <Button variant="default" size="compact-sm" onClick={() => onEdit({ ...edit, withdrawn: !edit.withdrawn })}>
              {t(edit.withdrawn ? 'amend.keepItem' : 'amend.withdrawItem')}
            </Button>
          </div>
        </div>
      )}
    </li>
  );
}

function AddedItems({ plan, set }: { plan: Plan; set: (part: Partial<Plan>) => void }): ReactElement {
  const { t } = useTranslation('directives');
  const change = (at: number, part: Partial<Plan['added'][number]>): void =>
    set({ added: plan.added.map((one, i) => (i === at ? { ...one, ...part } : one)) });
  return (
    <div>
      {plan.added.map((one, at) => (
        <div key={at} className={styles['numbered']}>
          <TextInput label={t('item.path')} value={one.path} onChange={(event) => change(at, { path: event.currentTarget.value })} />
          <Textarea
            label={t('item.text')}
            autosize
            minRows={2}
            value={one.text}
            onChange={(event) => change(at, { text: event.currentTarget.value })}
          />
          <DateField label={t('item.dueDay')} value={one.day} onChange={(day) => change(at, { day })} />
          <Button variant="subtle" size="compact-sm" onClick={() => set({ added: plan.added.filter((_, i) => i !== at) })}>
            {t('ui:remove')}
          </Button>
        </div>
      ))}
      <Button variant="subtle" size="compact-sm" onClick={() => set({ added: [...plan.added, { path: '', text: '', day: null }] })}>
        {t('check.addItem')}
      </Button>
    </div>
  );
}

function Leaving({
  view,
  value,
  onChange,
}: {
  view: Directive;
  value: readonly Named[];
  onChange: (value: Named[]) => void;
}): ReactElement {
  const { t } = useTranslation('directives');
  const gone = new Set(value.map(({ id }) => id));
  return (
    <details>
      <summary>{t('amend.leaving', { count: value.length })}</summary>
      <ul className={styles['named']}>
        {view.organisations.map((one) => (
          <li key={one.id} className={gone.has(one.id) ? styles['struck'] : ''}>
            <span>{one.name}</span>
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={`${t(gone.has(one.id) ? 'amend.keepOrganisation' : 'amend.withdrawOrganisation')}: ${one.name}`}
              onClick={() => onChange(gone.has(one.id) ? value.filter(({ id }) => id !== one.id) : [...value, one])}
            >
              {t(gone.has(one.id) ? 'amend.keepOrganisation' : 'amend.withdrawOrganisation')}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
