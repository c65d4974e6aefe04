import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../../i18n/format.ts';
import { DateField } from '../../../ui/form/DateField.tsx';
import { Form, FormButtons } from '../../../ui/form/index.ts';
import { showToast } from '../../../ui/toast/index.ts';
import type { Basis } from '../api.ts';
import styles from '../Directives.module.css';
import type { PartProps } from './HeadPanel.tsx';

type Draft = Omit<Basis, 'id' | 'position' | 'span'> & { id?: string };
const EMPTY: Draft = { kind: null, code: null, day: null, issuer: null, subject: null };

const MAX = { code: 100, issuer: 300, subject: 2000 };

/** The documents that this one rests on, as chips; each opens to be corrected. */
export function BasesField({ view, link, save }: PartProps): ReactElement {
  const { t } = useTranslation('directives');
  const [open, setOpen] = useState<Draft | null>(null);
  const inputs = view.bases.map(({ id, kind, code, day, issuer, subject }): Draft => ({
    ...(id.startsWith('new-') ? {} : { id }),
    kind,
    code,
    day,
    issuer,
    subject,
  }));
  const put = (next: Draft): void => {
    const known = inputs.some((one) => one.id === next.id && next.id !== undefined);
    save({ bases: known ? inputs.map((one) => (one.id === next.id ? next : one)) : [...inputs, next] }, true);
    setOpen(null);
  };
  const remove = (gone: Draft): void => {
    save({ bases: inputs.filter((one) => one.id !== gone.id) }, true);
    showToast({ message: t('check.basisRemoved'), undo: () => save({ bases: inputs }, true) });
    setOpen(null);
  };
  return (
    <div className={styles['field']}>
      <span className={styles['label']}>{t('field.bases')}</span>
      <div className={styles['chips']}>
        {view.bases.map((basis) => (
          <button
            key={basis.id}
            type="button"
            className={`${styles['chip']} ${styles['basis']} ${link.selected === `basis:${basis.id}` ? styles['chosen'] : ''}`}
            title={basis.subject ?? ''}
            onFocus={() => link.onSelect(`basis:${basis.id}`)}
            onClick={() => setOpen(basis)}
          >
            {[basis.code ?? basis.subject?.slice(0, 40) ?? t('check.noCode'), basis.day && formatDate(basis.day)]
              .filter(Boolean)
              .join(' · ')}
          </button>
        ))}
        <Button variant="subtle" size="compact-sm" onClick={() => setOpen(EMPTY)}>
          {t('check.addBasis')}
        </Button>
      </div>
      {open !== null && (
        <BasisDialog
          basis={open}
          onClose={() => setOpen(null)}
          onSave={put}
          onRemove={open.id === undefined ? undefined : () => remove(open)}
        />
      )}
    </div>
  );
}

interface DialogProps {
  basis: Draft;
  onClose: () => void;
  onSave: (basis: Draft) => void;
  onRemove: (() => void) | undefined;
}

function BasisDialog({ basis, onClose, onSave, onRemove }: DialogProps): ReactElement {
  const { t } = useTranslation('directives');
  const [draft, setDraft] = useState(basis);
  const [wrongDay, setWrongDay] = useState(false);
  const tooLong = (key: keyof typeof MAX): boolean => (draft[key]?.trim().length ?? 0) > MAX[key];
  const sound = !wrongDay && !tooLong('code') && !tooLong('issuer') && !tooLong('subject');
  const text = (key: keyof typeof MAX): ReactElement => (
    <TextInput
      label={t(`basis.${key}`)}
      value={draft[key] ?? ''}
      error={tooLong(key) ? t('wrong.long', { max: MAX[key] }) : null}
      onChange={(event) => setDraft({ ...draft, [key]: event.currentTarget.value || null })}
    />
  );
  const clean: Draft = {
    ...(draft.id === undefined ? {} : { id: draft.id }),
    kind: draft.kind,
    code: draft.code?.trim() || null,
    day: draft.day,
    issuer: draft.issuer?.trim() || null,
    subject: draft.subject?.trim() || null,
  };
  return (
    <Modal opened onClose={onClose} title={t('basis.title')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form onSubmit={() => sound && onSave(clean)}>
        {text('code')}
        <DateField
          label={t('basis.day')}
          value={draft.day}
          onChange={(day) => setDraft({ ...draft, day })}
          onWrong={(typed) => setWrongDay(typed !== null)}
        />
        {text('issuer')}
        {text('subject')}
        <FormButtons>
          {onRemove !== undefined && (
            <Button variant="subtle" onClick={onRemove}>
              {t('ui:remove')}
            </Button>
          )}
          <Button type="submit" disabled={!sound}>
            {t('check.done')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
