import type { FormEvent, ReactElement, ReactNode } from 'react';
import type { ApiError } from '../../api/error.ts';
import { Icon } from '../icons.tsx';
import styles from './Form.module.css';
import { useErrorText } from './useErrorText.ts';

interface FormProps {
  children: ReactNode;
  onSubmit: () => void;
  error?: ApiError | null;
  /** The places that have a field of their own here; an error at one of them is shown there and not above. */
  places?: readonly string[];
  label?: string;
}

/** A form that never reloads the page and says above what is wrong with the whole of it. */
export function Form({ children, onSubmit, error = null, places = [], label }: FormProps): ReactElement {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  const general = error !== null && (error.place === undefined || !places.includes(error.place));
  return (
    <form className={styles['form']} onSubmit={submit} noValidate aria-label={label}>
      {general && <Problem error={error} />}
      {children}
    </form>
  );
}

/** A refusal that belongs to no single field. */
export function Problem({ error }: { error: ApiError }): ReactElement {
  const text = useErrorText();
  return (
    <div className={styles['problem']} role="alert">
      <Icon name="warning" />
      <span>{text(error)}</span>
    </div>
  );
}

export function FormButtons({ children }: { children: ReactNode }): ReactElement {
  return <div className={styles['buttons']}>{children}</div>;
}
