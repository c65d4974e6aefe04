import { Button, TextInput } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatNumber } from '../../../i18n/format.ts';
import { Panel } from '../../../ui/page/index.ts';
import type { Directive, Recipient } from '../api.ts';
import styles from '../Directives.module.css';
import { recipientInput } from './changes.ts';
import type { PartProps } from './HeadPanel.tsx';
import { useLocal } from '../useLocal.ts';

/** Characters of a recipient phrase. */
const LONGEST = 1000;
const MapDialog = lazy(async () => ({ default: (await import('./MapDialog.tsx')).MapDialog }));
const OrganisationsDialog = lazy(async () => ({ default: (await import('./OrganisationsDialog.tsx')).OrganisationsDialog }));

interface Props extends PartProps {
  /** Everything typed must be saved before a phrase is mapped. */
  flush: () => Promise<boolean>;
}

/** "Kính gửi" and whom it meant as of the document's date. What matches nobody is shown and mapped once and for all. */
export function RecipientsPanel({ view, link, save, flush }: Props): ReactElement {
  const { t } = useTranslation('directives');
  const [shown, setShown] = useState<string | null>(null);
  const [mapping, setMapping] = useState<{ recipient: Recipient; name: string | null } | null>(null);
  const [added, setAdded] = useState('');
  const open = view.recipients.find((one) => one.id === shown);
  const total = new Set(view.recipients.filter((one) => !one.narrows).flatMap((one) => one.organisations)).size;
  const day = asOf(view);
  const change = (id: string, organisations: string[]): void =>
    save({ recipients: view.recipients.map((one) => ({ ...recipientInput(one), ...(one.id === id ? { organisations } : {}) })) }, true);
  const add = (): void => {
    const text = added.replaceAll(/\p{Cc}/gu, ' ').trim();
    if (text === '' || text.length > LONGEST) return;
    save({ recipients: [...view.recipients.map(recipientInput), { text }] }, true);
    setAdded('');
  };
  return (
    <Panel label={t('check.recipients')}>
      <div className={styles['panelHead']}>
        <h2>{day === null ? t('check.recipients') : t('check.recipientsOn', { day })}</h2>
        <span>{t('check.organisations', { count: total, shown: formatNumber(total) })}</span>
      </div>
      <ul className={styles['rows']}>
        {view.recipients.map((one) => (
          <RecipientRow
            key={one.id}
            one={one}
            chosen={link.selected === `recipient:${one.id}`}
            onChoose={() => link.onSelect(`recipient:${one.id}`)}
            onShow={() => setShown(one.id)}
            onMap={(name) => void flush().then((saved) => saved && setMapping({ recipient: one, name }))}
            onRemove={() => save({ recipients: view.recipients.filter((other) => other.id !== one.id).map(recipientInput) }, true)}
          />
        ))}
      </ul>
      {view.recipients.length === 0 && <p className={styles['hint']}>{t('check.noRecipients')}</p>}
      <form
        className={styles['addLine']}
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextInput
          aria-label={t('check.addRecipient')}
          placeholder={t('check.addRecipientHint')}
          value={added}
          error={added.trim().length > LONGEST ? t('wrong.long', { max: LONGEST }) : null}
          onChange={(event) => setAdded(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={added.trim() === '' || added.trim().length > LONGEST}>
          {t('check.addRecipient')}
        </Button>
      </form>
      <Suspense fallback={null}>
        {open !== undefined && (
          <OrganisationsDialog
            title={open.text}
            why={open.why}
            value={view.organisations.filter(({ id }) => open.organisations.includes(id))}
            onClose={() => setShown(null)}
            onChange={(ids) => change(open.id, ids)}
          />
        )}
        {mapping !== null && (
          <MapDialog view={view} {...mapping} onClose={() => setMapping(null)} onHere={(ids) => change(mapping.recipient.id, ids)} />
        )}
      </Suspense>
    </Panel>
  );
}

function asOf(view: Directive): string | null {
  const { year, month } = view.partialDate;
  if (view.day !== null) return formatDate(view.day);
  return month === null || year === null ? null : `${month}/${year}`;
}

interface RowProps {
  one: Recipient;
  chosen: boolean;
  onChoose: () => void;
  onShow: () => void;
  onMap: (name: string | null) => void;
  onRemove: () => void;
}

function RecipientRow({ one, chosen, onChoose, onShow, onMap, onRemove }: RowProps): ReactElement {
  const { t } = useTranslation('directives');
  const local = useLocal();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const none = one.resolution === 'none';
  return (
    <li ref={row} className={`${styles['row']} ${chosen ? styles['chosen'] : ''}`}>
      <button type="button" className={styles['rowText']} onClick={onChoose}>
        {one.text}
        {one.narrows && <span className={styles['hint']}>{t('check.narrows')}</span>}
      </button>
      <div className={styles['rowEnd']}>
        {!none && (
          <Button variant="subtle" size="compact-sm" onClick={onShow} title={one.why === null ? '' : local(one.why)}>
            {t('check.seeOrganisations', { count: one.organisations.length, shown: formatNumber(one.organisations.length) })}
          </Button>
        )}
        <Button variant="subtle" size="compact-sm" onClick={onRemove} aria-label={t('check.removeRecipient', { text: one.text })}>
          {t('ui:remove')}
        </Button>
      </div>
      {(none || one.unresolved.length > 0) && (
        <div className={styles['unmatched']}>
          {none && one.why !== null && <span className={styles['why']}>{local(one.why)}</span>}
          {none && (
            <button type="button" className={`${styles['chip']} ${styles['amber']}`} onClick={() => onMap(null)}>
              {t('check.unmatched')}
            </button>
          )}
          {one.unresolved.length > 0 && (
            <span className={styles['why']}>{t('check.unmatchedNames', { count: one.unresolved.length })}</span>
          )}
          {one.unresolved.map((name) => (
            <button
              key={name}
              type="button"
              className={`${styles['chip']} ${styles['amber']}`}
              title={t('check.unmatched')}
              onClick={() => onMap(name)}
            >
              {name}
            </button>
          ))}
        </div>
      )}
    </li>
  );
}
