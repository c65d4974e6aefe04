import { Button, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Routes } from '../../api/contract.ts';
import { useApi, useChange } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { ConfirmDialog } from '../../ui/form/ConfirmDialog.tsx';
import { FormButtons, Problem } from '../../ui/form/Form.tsx';
import { ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import styles from './Identity.module.css';
import { RecoveryCodes } from './RecoveryCodes.tsx';

const FEW = 3;

/** One's second factor: whether it is set up, another phone, new recovery codes, and turning it off where that is allowed. */
export function FactorPanel(): ReactElement {
  const { t } = useTranslation('identity');
  const { permissions } = useSession();
  return (
    <Panel>
      <div className={styles['section']}>
        <h2>{t('factor.title')}</h2>
        <State />
        {permissions.includes('people:recover') && (
          <p>
            <Link className="touched" to="/second-factor-resets">
              {t('reset.title')}
            </Link>
          </p>
        )}
      </div>
    </Panel>
  );
}

function State(): ReactElement {
  const { t } = useTranslation('identity');
  const { factor } = useSession();
  const navigate = useNavigate();
  const own = useApi('GET /second-factor');
  if (own.data === undefined)
    return own.error === null ? <LoadingLines /> : <ErrorState error={own.error} onRetry={() => void own.refetch()} />;
  const { since, codesLeft, required, reset } = own.data;
  const setUp = (): void => void navigate({ to: '/second-factor' });
  if (since === null)
    return (
      <>
        <p>{t('factor.off')}</p>
        {reset !== null && <ResetNotice reset={reset} />}
        {factor.putOff && <p className={styles['wait']}>{t('factor.putOff')}</p>}
        <div className={styles['row']}>
          <Button onClick={setUp}>{t('factor.setUp')}</Button>
        </div>
      </>
    );
  return (
    <>
      <p>{t('factor.on', { at: formatDateTime(since) })}</p>
      <p className={codesLeft < FEW ? styles['wait'] : styles['quiet']}>{t('factor.codesLeft', { count: codesLeft })}</p>
      <div className={styles['row']}>
        {!required && <Drop />}
        <NewCodes />
        <Button variant="default" onClick={setUp}>
          {t('factor.otherPhone')}
        </Button>
      </div>
    </>
  );
}

type Own = Routes['GET /second-factor']['output'];

/** Who took the second factor away, so that nobody loses it without knowing. */
export function ResetNotice({ reset }: { reset: NonNullable<Own['reset']> }): ReactElement {
  const { t } = useTranslation('identity');
  return (
    <p className={styles['wait']} role="status">
      {t('reset.notice', { ...reset, at: formatDateTime(reset.at) })}
    </p>
  );
}

function NewCodes(): ReactElement {
  const { t } = useTranslation('identity');
  const { person } = useSession();
  const renew = useChange('POST /second-factor/recovery-codes', ['GET /second-factor']);
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setAsked(true)}>
        {t('recovery.renew')}
      </Button>
      <Modal
        opened={asked}
        onClose={() => setAsked(false)}
        title={t('recovery.renewTitle')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
        closeOnClickOutside={renew.data === undefined}
      >
        {renew.data === undefined ? (
          <>
            {renew.error !== null && <Problem error={renew.error} />}
            <p>{t('recovery.renewDetail')}</p>
            <FormButtons>
              <Button variant="default" onClick={() => setAsked(false)}>
                {t('ui:cancel')}
              </Button>
              <Button loading={renew.isPending} onClick={() => renew.mutate({ body: {} })}>
                {t('recovery.renew')}
              </Button>
            </FormButtons>
          </>
        ) : (
          <RecoveryCodes codes={renew.data.recoveryCodes} username={person.username} onDone={() => (setAsked(false), renew.reset())} />
        )}
      </Modal>
    </>
  );
}

function Drop(): ReactElement {
  const { t } = useTranslation('identity');
  const client = useQueryClient();
  const drop = useChange('DELETE /second-factor', ['GET /second-factor']);
  const [asked, setAsked] = useState(false);
  const confirm = (): void =>
    drop.mutate(
      {},
      {
        onSuccess: async () => {
          setAsked(false);
          await client.refetchQueries({ queryKey: ['GET /session'] });
          showToast({ message: t('factor.dropped') });
        },
      },
    );
  return (
    <>
      <Button variant="default" onClick={() => setAsked(true)}>
        {t('factor.drop')}
      </Button>
      <ConfirmDialog
        opened={asked}
        onClose={() => setAsked(false)}
        title={t('factor.drop')}
        confirm={t('factor.drop')}
        onConfirm={confirm}
        busy={drop.isPending}
        error={drop.error}
        grave
      >
        {t('factor.dropDetail')}
      </ConfirmDialog>
    </>
  );
}
