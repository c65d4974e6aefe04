import { Button, Checkbox, MultiSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Recipient, Requirement } from '../api.ts';
import styles from '../Directives.module.css';
import { useLocal } from '../useLocal.ts';
import { DueFields } from './DueFields.tsx';
import { TypedField } from './Field.tsx';
import { isPath, isText } from './sound.ts';
import { useUnsound } from './unsound.ts';
import type { Items } from './useItems.ts';

interface Props {
  item: Requirement;
  /** The numbers of the other items. */
  others: readonly string[];
  recipients: readonly Recipient[];
  measures: readonly { id: string; name: { vi: string; en: string } }[];
  acts: Items;
  place: { first: boolean; last: boolean };
}

/** One item opened: text, audience, deadline, measures; split, joined, moved, removed, or made a heading. */
export function RequirementEditor({ item, others, recipients, measures, acts, place }: Props): ReactElement {
  const { t } = useTranslation('directives');
  const local = useLocal();
  const [cursor, setCursor] = useState(0);
  const name = `requirement:${item.id}.`;
  const change = (part: Parameters<Items['change']>[1], now?: boolean): void => acts.change(item.id, part, now);
  const offered = measures.map((one) => ({
    value: one.id,
    label: item.proposed.includes(one.id) ? `${local(one.name)} · ${t('check.proposed')}` : local(one.name),
  }));
  return (
    <div className={styles['editor']}>
      <div className={styles['numbered']}>
        <TypedField
          labelled
          label={t('item.path')}
          name={`${name}path`}
          check={isPath(others)}
          value={item.path}
          onChange={(path) => path !== null && change({ path })}
        />
        <TextField item={item} onChange={(text) => change({ text })} onCursor={setCursor} />
      </div>
      <Checkbox
        label={t('item.heading')}
        checked={item.heading}
        onChange={(event) => change({ heading: event.currentTarget.checked }, true)}
      />
      {!item.heading && (
        <>
          <MultiSelect
            label={t('item.audience')}
            description={item.audience.length === 0 ? t('check.everybody') : null}
            data={recipients.map((one, position) => ({ value: String(position), label: one.text }))}
            value={item.audience.map(String)}
            onChange={(values) => change({ audience: values.map(Number).toSorted((a, b) => a - b) }, true)}
            comboboxProps={{ transitionProps: { duration: 0 } }}
          />
          <DueFields item={item} name={name} onChange={(due) => change({ due }, true)} />
          {item.recurrence !== null && (
            <p className={styles['hint']}>{t('item.recurs', { every: t(`item.every.${item.recurrence.split('+')[0] ?? ''}`) })}</p>
          )}
          <MultiSelect
            label={t('item.measures')}
            description={t('item.measuresHint')}
            data={offered}
            value={item.measures}
            onChange={(chosen) => change({ measures: chosen }, true)}
            nothingFoundMessage={t('check.noMeasure')}
            comboboxProps={{ transitionProps: { duration: 0 } }}
          />
        </>
      )}
      <div className={styles['tools']}>
        <Button
          variant="default"
          size="compact-sm"
          disabled={cursor === 0 || cursor >= item.text.length}
          title={t('item.splitHint')}
          onClick={() => acts.cut(item.id, cursor)}
        >
          {t('item.split')}
        </Button>
        <Button variant="default" size="compact-sm" disabled={place.first} onClick={() => acts.join(item.id)}>
          {t('item.join')}
        </Button>
        <Button variant="default" size="compact-sm" disabled={place.first} title="Alt + ↑" onClick={() => acts.move(item.id, -1)}>
          {t('item.up')}
        </Button>
        <Button variant="default" size="compact-sm" disabled={place.last} title="Alt + ↓" onClick={() => acts.move(item.id, 1)}>
          {t('item.down')}
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={() => acts.remove(item.id)}>
          {t('item.remove')}
        </Button>
      </div>
    </div>
  );
}

/** The text of an item; where the cursor stands in it is where it can be split. */
function TextField({
  item,
  onChange,
  onCursor,
}: {
  item: Requirement;
  onChange: (text: string) => void;
  onCursor: (at: number) => void;
}): ReactElement {
  const { t } = useTranslation('directives');
  const unsound = useUnsound();
  const name = `requirement:${item.id}.text`;
  const kept = unsound.of(name);
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = kept === undefined ? null : isText(kept.trim() || null);
  const type = (next: string): void => {
    setTyped(next);
    const isWrong = isText(next.trim() || null) !== null;
    unsound.put(name, isWrong ? { text: next, label: t('item.text') } : null);
    if (!isWrong) onChange(next.replaceAll(/[^\P{Cc}\n\t]/gu, ' ').trim());
  };
  return (
    <Textarea
      label={t('item.text')}
      autosize
      minRows={2}
      maxRows={14}
      value={typed ?? kept ?? item.text}
      error={wrong === null ? null : t(`wrong.${wrong.key}`, { max: wrong.max })}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={() => setTyped(null)}
      onSelect={(event) => onCursor(event.currentTarget.selectionStart)}
    />
  );
}
