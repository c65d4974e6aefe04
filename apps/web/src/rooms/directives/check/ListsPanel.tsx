import { Button, TextInput } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../../ui/page/index.ts';
import { showToast } from '../../../ui/toast/index.ts';
import { useRead } from '../api.ts';
import type { Directive, Recipient } from '../api.ts';
import styles from '../Directives.module.css';
import { recipientInput } from './changes.ts';
import { ChoiceField, TypedField } from './Field.tsx';
import type { PartProps } from './HeadPanel.tsx';
import { isEntry, within } from './sound.ts';
import { useUnsound } from './unsound.ts';

const MapDialog = lazy(async () => ({ default: (await import('./MapDialog.tsx')).MapDialog }));

type AttachedList = Directive['attachments'][number];
interface Props extends PartProps {
  /** Everything typed must be saved before a name is mapped. */
  flush: () => Promise<boolean>;
}
/** How many entries of a list are shown at once. */
const STEP = 40;
const BY_TITLE = 'title';
const NOBODY = 'none';

/** The attached lists, each entry correctable; where a list names receivers, each name with the organisation that it means. */
export function ListsPanel({ view, link, save, flush }: Props): ReactElement {
  const { t } = useTranslation('directives');
  const read = useRead('GET /directives/{id}/lists', { params: { id: view.id } });
  const unsound = useUnsound();
  const [mapping, setMapping] = useState<{ recipient: Recipient; name: string } | null>(null);
  const lists = view.attachments;
  const put = (at: number, list: AttachedList | null, now = false): void =>
    save({ attachments: lists.flatMap((one, i) => (i !== at ? [one] : list === null ? [] : [list])) }, now);
  const taken = (message: string, at: number, list: AttachedList | null): void => {
    unsound.forget('attachments[');
    put(at, list, true);
    showToast({ message, undo: () => save({ attachments: lists }, true) });
  };
  const map = (id: string, name: string): void =>
    void flush().then((saved) => {
      const recipient = view.recipients.find((one) => one.id === id);
      if (saved && recipient !== undefined) setMapping({ recipient, name });
    });
  return (
    <Panel label={t('check.attachments')}>
      <div className={styles['panelHead']}>
        <h2>{t('check.attachments')}</h2>
      </div>
      {lists.map((list, at) => (
        <OneList
          key={at}
          at={at}
          list={list}
          known={read.data?.items[at]}
          recipients={view.recipients}
          chosen={link.selected === `attachments[${at}]`}
          onSelect={link.onSelect}
          onChange={(next, now) => put(at, next, now)}
          onTake={(next, message) => taken(message, at, next)}
          onMap={map}
        />
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={() => save({ attachments: [...lists, { title: t('lists.newTitle'), items: [], recipient: null }] }, true)}
      >
        {t('lists.addList')}
      </Button>
      {mapping !== null && (
        <Suspense fallback={null}>
          <MapDialog
            view={view}
            {...mapping}
            onClose={() => setMapping(null)}
            onHere={(organisations) =>
              save(
                {
                  recipients: view.recipients.map((one) => ({
                    ...recipientInput(one),
                    ...(one.id === mapping.recipient.id ? { organisations } : {}),
                  })),
                },
                true,
              )
            }
          />
        </Suspense>
      )}
    </Panel>
  );
}

interface OneProps {
  at: number;
  list: AttachedList;
  /** What its names mean; undefined while that is not known. */
  known: Known | undefined;
  recipients: readonly Recipient[];
  chosen: boolean;
  onSelect: (id: string) => void;
  onChange: (list: AttachedList, now?: boolean) => void;
  onTake: (list: AttachedList | null, message: string) => void;
  onMap: (recipient: string, name: string) => void;
}
interface Known {
  recipient: { id: string; text: string; chosen: boolean } | null;
  items: readonly { text: string; organisations: readonly { id: string; name: string }[] }[];
}

function OneList({ at, list, known, recipients, chosen, onSelect, onChange, onTake, onMap }: OneProps): ReactElement {
  const { t } = useTranslation('directives');
  const box = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(STEP);
  useEffect(() => {
    if (chosen && box.current?.contains(document.activeElement) === false) box.current.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const entry = (i: number, text: string | null): string[] => list.items.map((one, j) => (j === i ? (text ?? one) : one));
  const owner = known?.recipient ?? null;
  return (
    <div
      ref={box}
      className={`${styles['list']} ${chosen ? styles['chosen'] : ''}`}
      onFocus={() => chosen || onSelect(`attachments[${at}]`)}
    >
      <div className={styles['pair']}>
        <TypedField
          labelled
          lines
          label={t('lists.title')}
          name={`attachments[${at}].title`}
          check={within(1000)}
          value={list.title}
          onChange={(title) => onChange({ ...list, title: title?.replaceAll('\n', ' ') ?? null })}
        />
        <OwnerField list={list} known={known} recipients={recipients} onChange={onChange} />
      </div>
      <ol className={styles['entries']}>
        {list.items.slice(0, shown).map((text, i) => (
          <li key={i}>
            <TypedField
              label={t('lists.entry', { number: i + 1 })}
              name={`attachments[${at}].items[${i}]`}
              check={isEntry}
              value={text}
              lines
              onChange={(next) => onChange({ ...list, items: entry(i, next?.replaceAll('\n', ' ') ?? null) })}
            />
            {owner !== null && <Means known={known?.items[i]} text={text} onMap={() => onMap(owner.id, text)} />}
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={t('lists.removeEntry', { number: i + 1 })}
              onClick={() => onTake({ ...list, items: list.items.filter((_, j) => j !== i) }, t('lists.entryRemoved', { text }))}
            >
              {t('ui:remove')}
            </Button>
          </li>
        ))}
      </ol>
      {list.items.length > shown && (
        <Button variant="subtle" size="compact-sm" onClick={() => setShown(shown + STEP)}>
          {t('lists.more', { count: list.items.length - shown })}
        </Button>
      )}
      <AddEntry onAdd={(items) => onChange({ ...list, items: [...list.items, ...items] }, true)} />
      <Button variant="subtle" size="compact-sm" onClick={() => onTake(null, t('lists.listRemoved'))}>
        {t('lists.removeList')}
      </Button>
    </div>
  );
}

/** Whose members the list names: by its title, as chosen, or nobody's. */
function OwnerField({ list, known, recipients, onChange }: Pick<OneProps, 'list' | 'known' | 'recipients' | 'onChange'>): ReactElement {
  const { t } = useTranslation('directives');
  const of = list.recipient === undefined ? BY_TITLE : (list.recipient ?? NOBODY);
  const phrases = [...new Set(recipients.filter(({ narrows }) => !narrows).map(({ text }) => text))];
  const owner = known?.recipient ?? null;
  return (
    <div>
      <ChoiceField
        shown
        label={t('lists.of')}
        value={of}
        options={[
          { value: BY_TITLE, label: t('lists.byTitle') },
          ...phrases.map((text) => ({ value: text, label: text })),
          { value: NOBODY, label: t('lists.nobody') },
        ]}
        onChange={(next) => {
          const { recipient: _, ...bare } = list;
          onChange(next === BY_TITLE || next === null ? bare : { ...bare, recipient: next === NOBODY ? null : next }, true);
        }}
      />
      {known !== undefined && (
        <p className={styles['hint']}>
          {owner === null ? t('lists.noReceivers') : t(owner.chosen ? 'lists.byHand' : 'lists.receivers', { text: owner.text })}
        </p>
      )}
    </div>
  );
}

/** Which organisation a name of the list means; what matches nobody, or the wrong one, is mapped. */
function Means({ known, text, onMap }: { known: Known['items'][number] | undefined; text: string; onMap: () => void }): ReactElement {
  const { t } = useTranslation('directives');
  if (known === undefined || known.text !== text) return <span className={styles['hint']}>{t('lists.looking')}</span>;
  const names = known.organisations.map(({ name }) => name).join('; ');
  return (
    <button
      type="button"
      className={`${styles['chip']} ${names === '' ? styles['amber'] : styles['measure']}`}
      aria-label={names === '' ? t('lists.mapEntry', { text }) : t('lists.remapEntry', { text, names })}
      onClick={onMap}
    >
      {names === '' ? t('lists.unmatched') : names}
    </button>
  );
}

/** New entries, one a line when several are pasted. */
function AddEntry({ onAdd }: { onAdd: (items: string[]) => void }): ReactElement {
  const { t } = useTranslation('directives');
  const [typed, setTyped] = useState('');
  const add = (text: string): void => {
    const items = text
      .split(/\r?\n/)
      .map((line) =>
        line
          .replaceAll(/\p{Cc}/gu, ' ')
          .trim()
          .slice(0, 2000),
      )
      .filter((line) => line !== '');
    if (items.length > 0) onAdd(items);
    setTyped('');
  };
  return (
    <form
      className={styles['addLine']}
      onSubmit={(event) => {
        event.preventDefault();
        add(typed);
      }}
    >
      <TextInput
        aria-label={t('lists.add')}
        placeholder={t('lists.addHint')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text');
          if (!pasted.trim().includes('\n')) return;
          event.preventDefault();
          add(pasted);
        }}
      />
      <Button type="submit" variant="default" disabled={typed.trim() === ''}>
        {t('lists.add')}
      </Button>
    </form>
  );
}
