import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime } from '../../../i18n/format.ts';
import { Panel } from '../../../ui/page/index.ts';
import { ForeignText } from '../../../ui/document/index.ts';
import { useRead } from '../api.ts';
import type { Recipient, Requirement } from '../api.ts';
import styles from '../Directives.module.css';
import { useLocal } from '../useLocal.ts';
import { nextPath, requirementInput, split } from './changes.ts';
import type { RequirementInput } from './changes.ts';
import type { PartProps } from './HeadPanel.tsx';
import { partsOf } from './deadline.ts';
import { RequirementEditor } from './RequirementEditor.tsx';

/** The items of the document with audience, deadline and measures; the chosen one opens to be corrected. */
export function RequirementsPanel({ view, link, save }: PartProps): ReactElement {
  const { t } = useTranslation('directives');
  const measures = useRead('GET /measures');
  const items = view.requirements;
  const demanded = items.filter((item) => !item.heading).length;
  const change = (id: string, part: Partial<RequirementInput>, now = false): void =>
    save({ requirements: items.map((item) => ({ ...requirementInput(item), ...(item.id === id ? part : {}) })) }, now);
  const add = (): void => {
    const last = items.at(-1)?.path ?? '0';
    const path = /^\d+$/.test(last) ? String(Number(last) + 1) : nextPath(items, last);
    const blank = { path, text: t('check.newItem'), heading: false, audience: [], phrase: null, due: null, recurrence: null, measures: [] };
    save({ requirements: [...items.map(requirementInput), blank] }, true);
  };
  return (
    <Panel label={t('check.requirements')}>
      <div className={styles['panelHead']}>
        <h2>{t('check.requirements')}</h2>
        <span>{t('check.items', { count: demanded })}</span>
      </div>
      <ul className={styles['rows']}>
        {items.map((item) => {
          const chosen = link.selected === `requirement:${item.id}`;
          return (
            <ItemRow
              key={item.id}
              item={item}
              recipients={view.recipients}
              measures={measures.data?.items ?? []}
              chosen={chosen}
              onChoose={() => link.onSelect(chosen ? '' : `requirement:${item.id}`)}
            >
              {chosen && (
                <RequirementEditor
                  item={item}
                  recipients={view.recipients}
                  measures={measures.data?.items ?? []}
                  onChange={(part, now) => change(item.id, part, now)}
                  onSplit={(at) => save({ requirements: split(items, item.id, at) }, true)}
                  onRemove={() => save({ requirements: items.filter((other) => other.id !== item.id).map(requirementInput) }, true)}
                />
              )}
            </ItemRow>
          );
        })}
      </ul>
      <Button variant="subtle" size="compact-sm" onClick={add}>
        {t('check.addItem')}
      </Button>
    </Panel>
  );
}

interface RowProps {
  item: Requirement;
  recipients: readonly Recipient[];
  measures: readonly { id: string; name: { vi: string; en: string } }[];
  chosen: boolean;
  onChoose: () => void;
  children: React.ReactNode;
}

function ItemRow({ item, recipients, measures, chosen, onChoose, children }: RowProps): ReactElement {
  const { t } = useTranslation('directives');
  const local = useLocal();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const audience =
    item.audience.length === 0 ? t('check.everybody') : item.audience.map((position) => recipients[position]?.text ?? '?').join('; ');
  const names = item.measures
    .map((id) => measures.find((one) => one.id === id)?.name)
    .map((name, i) => (name ? local(name) : item.measures[i]!));
  return (
    <li ref={row} className={`${styles['item']} ${item.heading ? styles['headingItem'] : ''} ${chosen ? styles['chosen'] : ''}`}>
      <button type="button" className={styles['itemLine']} aria-expanded={chosen} onClick={onChoose}>
        <span className={styles['path']}>{item.path}</span>
        <span className={chosen ? styles['hint'] : styles['clamped']}>
          {chosen ? t('check.closeItem') : <ForeignText text={item.text} />}
        </span>
        {!item.heading && !chosen && (
          <span className={styles['facts']}>
            <span title={audience}>{audience}</span>
            <span>{dueText(item, t('check.noDeadline'))}</span>
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
        )}
      </button>
      {children}
    </li>
  );
}

function dueText(item: Requirement, none: string): string {
  if (item.due === null) return item.phrase ?? none;
  return partsOf(item.due).time === null ? formatDate(item.due) : formatDateTime(item.due);
}
