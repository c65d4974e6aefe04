import { Select, TextInput, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import styles from '../Directives.module.css';

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
  value: string | null;
  /** With every key; null for nothing. */
  onChange: (value: string | null) => void;
  lines?: boolean;
  placeholder?: string;
  error?: string | null;
}

/** A text that is saved while it is typed; a newer value from the server does not disturb whoever is typing. */
export function TypedField({ label, value, onChange, lines = false, placeholder, error }: TypedProps): ReactElement {
  // What is being typed; null while nobody types, so that newer values show through.
  const [typed, setTyped] = useState<string | null>(null);
  const shared = {
    'aria-label': label,
    value: typed ?? value ?? '',
    placeholder,
    error,
    onFocus: () => setTyped(value ?? ''),
    onBlur: () => setTyped(null),
  };
  const type = (next: string): void => {
    setTyped(next);
    onChange(next.trim() === '' ? null : next.trim());
  };
  return lines ? (
    <Textarea {...shared} autosize minRows={1} maxRows={12} onChange={(event) => type(event.currentTarget.value)} />
  ) : (
    <TextInput {...shared} onChange={(event) => type(event.currentTarget.value)} />
  );
}

interface ChoiceProps {
  label: string;
  value: string | null;
  options: readonly { value: string; label: string }[];
  onChange: (value: string | null) => void;
  clearable?: boolean;
  placeholder?: string;
}

export function ChoiceField({ label, value, options, onChange, clearable = false, placeholder }: ChoiceProps): ReactElement {
  return (
    <Select
      aria-label={label}
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
