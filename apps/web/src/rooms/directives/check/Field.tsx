import { Select, TextInput, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from '../Directives.module.css';
import type { Check } from './sound.ts';
import { useUnsound } from './unsound.ts';

/** How a field and its mark in the document find each other. */
export interface Linked {
  selected: string | null;
  onSelect: (id: string) => void;
}

interface RowProps {
  /** Mark id. */
  id: string;
  label: string;
  link: Linked;
  /** Also for marks whose id begins so. */
  also?: string;
  /** Still to be filled in. */
  blank?: boolean;
  children: ReactNode;
}

/** A field beside its label; entering it shows where it was read, choosing it in the document leads here. */
export function FieldRow({ id, label, link, also, blank = false, children }: RowProps): ReactElement {
  const row = useRef<HTMLDivElement>(null);
  const chosen = link.selected === id || (also !== undefined && link.selected?.startsWith(also) === true);
  useEffect(() => {
    if (!chosen || row.current === null || row.current.contains(document.activeElement)) return;
    row.current.scrollIntoView({ block: 'nearest' });
    row.current.querySelector<HTMLElement>('input, textarea, button')?.focus({ preventScroll: true });
  }, [chosen]);
  return (
    <div
      ref={row}
      className={`${styles['field']} ${chosen ? styles['chosen'] : ''} ${blank ? styles['blank'] : ''}`}
      onFocus={() => chosen || link.onSelect(id)}
    >
      <span className={styles['label']} aria-hidden="true">
        {label}
      </span>
      <div className={styles['input']}>{children}</div>
    </div>
  );
}

interface TypedProps {
  label: string;
  /** What the field is called among those that cannot be saved yet. */
  name: string;
  value: string | null;
  /** With every key that leaves something sound; null for nothing. */
  onChange: (value: string | null) => void;
  check?: Check;
  lines?: boolean;
  placeholder?: string;
  /** Shows its label above itself. */
  labelled?: boolean;
}

/**
 * A text that is saved while it is typed; a newer value from the server does not disturb whoever is typing. What cannot
 * be saved stays in the field with its error until it is put right.
 */
export function TypedField({ label, name, value, onChange, check, lines = false, placeholder, labelled }: TypedProps): ReactElement {
  const { t } = useTranslation('directives');
  const unsound = useUnsound();
  // What is being typed; null while nobody types, so that newer values show through.
  const [typed, setTyped] = useState<string | null>(null);
  const kept = unsound.of(name);
  const wrong = kept === undefined ? null : (check?.(cleanOf(kept, lines)) ?? null);
  const shared = {
    ...(labelled === true ? { label } : { 'aria-label': label }),
    value: typed ?? kept ?? value ?? '',
    placeholder,
    error: wrong === null ? null : t(`wrong.${wrong.key}`, { max: wrong.max, text: wrong.text }),
    onFocus: () => setTyped(kept ?? value ?? ''),
    onBlur: () => setTyped(null),
  };
  const type = (next: string): void => {
    setTyped(next);
    const clean = cleanOf(next, lines);
    const sound = (check?.(clean) ?? null) === null;
    unsound.put(name, sound ? null : { text: next, label });
    if (sound) onChange(clean);
  };
  return lines ? (
    <Textarea {...shared} autosize minRows={1} maxRows={12} onChange={(event) => type(event.currentTarget.value)} />
  ) : (
    <TextInput {...shared} onChange={(event) => type(event.currentTarget.value)} />
  );
}

/** What a field says: nothing for blanks, no control characters except the breaks of a longer text. */
function cleanOf(text: string, lines: boolean): string | null {
  const clean = text.replaceAll(lines ? /[^\P{Cc}\n]/gu : /\p{Cc}/gu, ' ').trim();
  return clean === '' ? null : clean;
}

interface ChoiceProps {
  label: string;
  value: string | null;
  options: readonly { value: string; label: string }[];
  onChange: (value: string | null) => void;
  clearable?: boolean;
  placeholder?: string;
  /** Shows its label above itself. */
  shown?: boolean;
}

export function ChoiceField({ label, value, options, onChange, clearable = false, placeholder, shown = false }: ChoiceProps): ReactElement {
  return (
    <Select
      {...(shown ? { label } : { 'aria-label': label })}
      value={value}
      data={[...options]}
      onChange={onChange}
      clearable={clearable}
      allowDeselect={false}
      placeholder={placeholder ?? ''}
      checkIconPosition="right"
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  );
}
