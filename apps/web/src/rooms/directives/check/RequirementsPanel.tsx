import { Button } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef } from 'react';
import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime } from '../../../i18n/format.ts';
import { ForeignText } from '../../../ui/document/index.ts';
import { LoadingLines, Panel } from '../../../ui/page/index.ts';
import { useRead } from '../api.ts';
import type { Recipient, Requirement } from '../api.ts';
import styles from '../Directives.module.css';
import { useLocal } from '../useLocal.ts';
import { partsOf } from './deadline.ts';
import type { Problem } from './doubts.ts';
import type { PartProps } from './HeadPanel.tsx';
import { useUnsound } from './unsound.ts';
import { useItems } from './useItems.ts';

const RequirementEditor = lazy(async () => ({ default: (await import('./RequirementEditor.tsx')).RequirementEditor }));

interface Props extends PartProps {
  problems: readonly Problem[];
}

/** The items of the document with audience, deadline and measures; the chosen one opens to be corrected. */
export function RequirementsPanel({ problems, ...part }: Props): ReactElement {
  const { view, link } = part;
  const { t } = useTranslation('directives');
  const measures = useRead('GET /measures').data?.items ?? [];
  const items = view.requirements;
  const acts = useItems(part);
  useUndoKey(acts.undo);
  const demanded = items.filter((item) => !item.heading).length;
  const onKeyDown = (event: KeyboardEvent, id: string): void => {
    if (event.key === 'Escape' && link.selected === `requirement:${id}` && !isOpenList(event.target)) link.onSelect('');
    else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) acts.move(id, event.key === 'ArrowUp' ? -1 : 1);
    else return;
    event.preventDefault();
  };
  return (
    <Panel label={t('check.requirements')}>
      <div className={styles['panelHead']}>
        <h2>{t('check.requirements')}</h2>
        <span>{t('check.items', { count: demanded })}</span>
      </div>
      {items.length === 0 && <p className={styles['hint']}>{t('items.none')}</p>}
      <ul className={styles['rows']}>
        {items.map((item, at) => {
          const chosen = link.selected === `requirement:${item.id}`;
          return (
            <ItemRow
              key={item.id}
              item={item}
              recipients={view.recipients}
              measures={measures}
              problems={problems.filter(({ requirement }) => requirement === item.id)}
              chosen={chosen}
              onChoose={() => link.onSelect(chosen ? '' : `requirement:${item.id}`)}
              onKeyDown={(event) => onKeyDown(event, item.id)}
            >
              {chosen && (
                <Suspense fallback={<LoadingLines lines={4} />}>
                  <RequirementEditor
                    item={item}
                    others={items.flatMap(({ id, path }) => (id === item.id ? [] : [path]))}
                    recipients={view.recipients}
                    measures={measures}
                    acts={acts}
                    place={{ first: at === 0, last: at === items.length - 1 }}
                  />
                </Suspense>
              )}
            </ItemRow>
          );
        })}
      </ul>
      <div className={styles['tools']}>
        <Button variant="subtle" size="compact-sm" onClick={acts.add}>
          {t('check.addItem')}
        </Button>
        {acts.undo !== null && (
          <Button variant="subtle" size="compact-sm" onClick={acts.undo} aria-keyshortcuts="Control+Z">
            {t('items.undo')}
          </Button>
        )}
      </div>
    </Panel>
  );
}

/** A list or calendar that Esc closes first. */
function isOpenList(target: EventTarget): boolean {
  return (
    target instanceof HTMLInputElement && (target.getAttribute('aria-expanded') === 'true' || target.dataset['datesInput'] !== undefined)
  );
}

/** Ctrl+Z outside of fields, which have an undo of their own. */
function useUndoKey(undo: (() => void) | null): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, [role=dialog]') !== null;
      if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || typing || undo === null) return;
      event.preventDefault();
      undo();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [undo]);
}

interface RowProps {
  item: Requirement;
  recipients: readonly Recipient[];
  measures: readonly { id: string; name: { vi: string; en: string } }[];
  problems: readonly Problem[];
  chosen: boolean;
  onChoose: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
  children: ReactNode;
}

function ItemRow({ item, recipients, measures, problems, chosen, onChoose, onKeyDown, children }: RowProps): ReactElement {
  const { t } = useTranslation('directives');
  const local = useLocal();
  const { all } = useUnsound();
  const unsaved = Object.keys(all).some((name) => name.startsWith(`requirement:${item.id}.`));
  const row = useRef<HTMLLIElement>(null);
  const was = useRef(chosen);
  useEffect(() => {
    const line = row.current?.querySelector('button');
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
    // Esc leaves the keyboard where the item was opened.
    else if (was.current && document.activeElement === document.body) line?.focus({ preventScroll: true });
    was.current = chosen;
  }, [chosen]);
  return (
    // The keys belong to the button and the fields inside.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      ref={row}
      className={`${styles['item']} ${item.heading ? styles['headingItem'] : ''} ${chosen ? styles['chosen'] : ''}`}
      onKeyDown={onKeyDown}
    >
      <button
        type="button"
        className={styles['itemLine']}
        aria-expanded={chosen}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        onClick={onChoose}
      >
        <span className={styles['path']}>{item.path}</span>
        <span className={chosen ? styles['hint'] : styles['clamped']}>
          {chosen ? t('check.closeItem') : <ForeignText text={item.text} />}
        </span>
        {!item.heading && !chosen && <ItemFacts item={item} recipients={recipients} measures={measures} />}
      </button>
      {!chosen && unsaved && <p className={`${styles['problem']} ${styles['stop']}`}>{t('items.unsaved')}</p>}
      {problems.map(({ code, level, message }) => (
        <p key={code} className={`${styles['problem']} ${level === 'error' ? styles['stop'] : styles['amberText']}`}>
          {local(message)}
        </p>
      ))}
      {children}
    </li>
  );
}

function ItemFacts({ item, recipients, measures }: Pick<RowProps, 'item' | 'recipients' | 'measures'>): ReactElement {
  const { t } = useTranslation('directives');
  const local = useLocal();
  const audience =
    item.audience.length === 0 ? t('check.everybody') : item.audience.map((position) => recipients[position]?.text ?? '?').join('; ');
  const names = item.measures
    .map((id) => measures.find((one) => one.id === id)?.name)
    .map((name, i) => (name ? local(name) : item.measures[i]!));
  return (
    <span className={styles['facts']}>
      <span title={audience}>{audience}</span>
      <span>
        {dueText(item, t('check.noDeadline'))}
        {item.recurrence !== null && ` · ${t('item.opens', { every: t(`item.every.${item.recurrence.split('+')[0] ?? ''}`) })}`}
      </span>
      {names.length === 0 ? (
        <span className={`${styles['chip']} ${styles['amber']}`}>{t('check.noMeasure')}</span>
      ) : (
        names.map((name) => (
          <span key={name} className={`${styles['chip']} ${styles['measure']}`}>
            {name}
          </span>
        ))
      )}
    </span>
  );
}

function dueText(item: Requirement, none: string): string {
  if (item.due === null) return item.phrase ?? none;
  return partsOf(item.due).time === null ? formatDate(item.due) : formatDateTime(item.due);
}
