import { Button, Checkbox, MultiSelect, Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField } from '../../../ui/form/DateField.tsx';
import { TimeField } from '../../../ui/form/index.ts';
import type { Recipient, Requirement } from '../api.ts';
import styles from '../Directives.module.css';
import { useLocal } from '../useLocal.ts';
import type { RequirementInput } from './changes.ts';
import { dueOf, partsOf } from './deadline.ts';

interface Props {
  item: Requirement;
  recipients: readonly Recipient[];
  measures: readonly { id: string; name: { vi: string; en: string } }[];
  onChange: (part: Partial<RequirementInput>, now?: boolean) => void;
  onSplit: (at: number) => void;
  onRemove: () => void;
}

/** One item opened: text, audience, deadline, measures; split at the cursor, removed, or made a heading. */
export function RequirementEditor({ item, recipients, measures, onChange, onSplit, onRemove }: Props): ReactElement {
  const { t } = useTranslation('directives');
  const local = useLocal();
  const area = useRef<HTMLTextAreaElement>(null);
  const [path, setPath] = useState(item.path);
  const [text, setText] = useState(item.text);
  const [cursor, setCursor] = useState(0);
  const due = partsOf(item.due);
  const offered = measures.map((one) => ({
    value: one.id,
    label: item.proposed.includes(one.id) ? `${local(one.name)} · ${t('check.proposed')}` : local(one.name),
  }));
  const type = (next: string): void => {
    setText(next);
    if (next.trim() !== '') onChange({ text: next.trim() });
  };
  return (
    <div className={styles['editor']}>
      <div className={styles['numbered']}>
        <TextInput
          label={t('item.path')}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          onBlur={() => path.trim() !== '' && path.trim() !== item.path && onChange({ path: path.trim() }, true)}
        />
        <Textarea
          ref={area}
          label={t('item.text')}
          autosize
          minRows={2}
          maxRows={14}
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
          onSelect={(event) => setCursor(event.currentTarget.selectionStart)}
        />
      </div>
      <Checkbox
        label={t('item.heading')}
        checked={item.heading}
        onChange={(event) => onChange({ heading: event.currentTarget.checked }, true)}
      />
      {!item.heading && (
        <>
          <MultiSelect
            label={t('item.audience')}
            description={item.audience.length === 0 ? t('check.everybody') : null}
            data={recipients.map((one, position) => ({ value: String(position), label: one.text }))}
            value={item.audience.map(String)}
            onChange={(values) => onChange({ audience: values.map(Number).toSorted((a, b) => a - b) }, true)}
            comboboxProps={{ transitionProps: { duration: 0 } }}
          />
          <div className={styles['pair']}>
            <DateField
              label={t('item.dueDay')}
              value={due.day}
              onChange={(day) => onChange({ due: dueOf(day, due.time) }, true)}
              {...(item.phrase === null ? {} : { description: t('item.phrase', { phrase: item.phrase }) })}
            />
            <TimeField
              key={due.time}
              label={t('item.dueTime')}
              value={due.time}
              onChange={(time) => time !== due.time && onChange({ due: dueOf(due.day, time) }, true)}
            />
          </div>
          <MultiSelect
            label={t('item.measures')}
            description={t('item.measuresHint')}
            data={offered}
            value={item.measures}
            onChange={(chosen) => onChange({ measures: chosen }, true)}
            nothingFoundMessage={t('check.noMeasure')}
            comboboxProps={{ transitionProps: { duration: 0 } }}
          />
        </>
      )}
      <div className={styles['tools']}>
        <Button
          variant="default"
          size="compact-sm"
          disabled={cursor === 0 || cursor >= text.length}
          title={t('item.splitHint')}
          onClick={() => onSplit(cursor)}
        >
          {t('item.split')}
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={onRemove}>
          {t('item.remove')}
        </Button>
      </div>
    </div>
  );
}
