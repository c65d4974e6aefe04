import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { announcedNow, closeToast, subscribeToasts, toastsNow } from './toasts.ts';
import type { Toast } from './toasts.ts';
import styles from './Toasts.module.css';

/** The live regions of the page: toasts, and sentences that are only read out. Mounted once by the shell. */
export function Toasts(): ReactElement {
  const toasts = useSyncExternalStore(subscribeToasts, toastsNow);
  const announced = useSyncExternalStore(subscribeToasts, announcedNow);
  return (
    <>
      <div className="only-heard" role="status" aria-live="polite">
        {announced}
      </div>
      <div className={`${styles['stack']} never-printed`} role="log" aria-live="polite">
        {toasts.map((toast) => (
          <ToastLine key={toast.id} toast={toast} />
        ))}
      </div>
    </>
  );
}

function ToastLine({ toast }: { toast: Toast }): ReactElement {
  const { t } = useTranslation('ui');
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held || !Number.isFinite(toast.stay)) return undefined;
    const timer = setTimeout(() => closeToast(toast.id), toast.stay);
    return () => clearTimeout(timer);
  }, [held, toast]);
  const undo = (): void => {
    closeToast(toast.id);
    void toast.undo?.();
  };
  return (
    <div
      className={`${styles['toast']} ${styles[toast.kind]}`}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={styles['message']}>{toast.message}</span>
      {toast.undo !== undefined && (
        <button type="button" className={styles['button']} onClick={undo}>
          {t('toast.undo')}
        </button>
      )}
      <button type="button" className={styles['button']} onClick={() => closeToast(toast.id)}>
        {t('close')}
      </button>
    </div>
  );
}
