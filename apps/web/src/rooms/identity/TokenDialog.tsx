import { Button, Checkbox, Modal, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import styles from './Identity.module.css';

const DAYS = [30, 90, 180, 365] as const;

/** Makes a key for the present organisation and role; shows it once. */
export function TokenDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation('identity');
  const make = useChange('POST /api-tokens', ['GET /api-tokens']);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(make.data === undefined ? 'token.makeTitle' : 'token.madeTitle')}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      {make.data === undefined ? <Wishes make={make} onClose={onClose} /> : <Made token={make.data.token} onClose={onClose} />}
    </Modal>
  );
}

type Make = ReturnType<typeof useChange<'POST /api-tokens'>>;

function Wishes({ make, onClose }: { make: Make; onClose: () => void }): ReactElement {
  const { t } = useTranslation('identity');
  const { acting, permissions: held } = useSession();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<'read' | 'act'>('read');
  const [permissions, setPermissions] = useState<readonly string[]>([]);
  const [days, setDays] = useState<number>(DAYS[1]);
  const [fresh, setFresh] = useState(false);
  const ready = name.trim() !== '';
  const submit = (): void => {
    if (ready) make.mutate({ body: { name: name.trim(), scope, permissions: [...permissions], days, fresh } });
  };
  const toggle = (permission: string): void =>
    setPermissions((former) => (former.includes(permission) ? former.filter((one) => one !== permission) : [...former, permission]));
  return (
    <Form onSubmit={submit} error={make.error} places={['name']} label={t('token.makeTitle')}>
      <p className={styles['quiet']}>{t('token.for', { role: t(`shell:role.${acting.role}`), organisation: acting.organisation.name })}</p>
      <TextInput
        label={t('token.name')}
        description={t('token.nameHint')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={fieldError(make.error, 'name')}
        maxLength={80}
        data-autofocus
        required
      />
      <Radio.Group label={t('token.scope')} value={scope} onChange={(value) => setScope(value === 'act' ? 'act' : 'read')}>
        <div className={styles['options']}>
          <Radio value="read" label={t('token.read')} description={t('token.readHint')} />
          <Radio value="act" label={t('token.act')} description={t('token.actHint')} />
        </div>
      </Radio.Group>
      {held.length > 0 && (
        <Checkbox.Group label={t('token.permissions')} description={t('token.permissionsHint')} value={[...permissions]}>
          <div className={styles['options']}>
            {held.map((permission) => (
              <Checkbox
                key={permission}
                value={permission}
                label={t(`permission.${permission.replace(':', '_')}`)}
                onChange={() => toggle(permission)}
              />
            ))}
          </div>
        </Checkbox.Group>
      )}
      <Checkbox
        label={t('token.fresh')}
        description={t('token.freshHint')}
        checked={fresh}
        onChange={(event) => setFresh(event.currentTarget.checked)}
      />
      <Radio.Group label={t('token.days')} value={String(days)} onChange={(value) => setDays(Number(value))}>
        <div className={styles['row']}>
          {DAYS.map((one) => (
            <Radio key={one} value={String(one)} label={t('token.inDays', { count: one })} />
          ))}
        </div>
      </Radio.Group>
      <FormButtons>
        <Button variant="default" onClick={onClose}>
          {t('ui:cancel')}
        </Button>
        <Button type="submit" loading={make.isPending} disabled={!ready}>
          {t('token.make')}
        </Button>
      </FormButtons>
    </Form>
  );
}

function Made({ token, onClose }: { token: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation('identity');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(token);
      showToast({ message: t('token.copied') });
    } catch {
      showToast({ kind: 'problem', message: t('token.copyByHand') });
    }
  };
  return (
    <div className={styles['stack']}>
      <p className={styles['wait']}>{t('token.once')}</p>
      <code className={styles['key']}>{token}</code>
      <p className={styles['quiet']}>{t('token.howTo')}</p>
      <FormButtons>
        <Button variant="default" onClick={() => void copy()}>
          {t('token.copy')}
        </Button>
        <Button onClick={onClose}>{t('token.kept')}</Button>
      </FormButtons>
    </div>
  );
}
