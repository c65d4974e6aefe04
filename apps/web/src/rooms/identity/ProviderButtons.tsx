import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Routes } from '../../api/contract.ts';
import { useApi } from '../../api/query.ts';
import { Problem } from '../../ui/form/Form.tsx';
import styles from './Identity.module.css';
import { useGoToProvider } from './useThrough.ts';

export type Provider = Routes['GET /sign-in/providers']['output']['items'][number];

/** Names of authorities are long: two lines are better than half a name. */
const LONG = { root: styles['long'] ?? '', label: styles['longLabel'] ?? '' };

interface ProviderButtonsProps {
  /** The directory whose name and password the form now asks for. */
  directory: Provider | null;
  onDirectory: (provider: Provider | null) => void;
  back: string | undefined;
}

/** The other ways of signing in; nothing where none is configured. */
export function ProviderButtons({ directory, onDirectory, back }: ProviderButtonsProps): ReactElement | null {
  const { t } = useTranslation('identity');
  const providers = useApi('GET /sign-in/providers');
  const { go, busy, error } = useGoToProvider();
  const items = providers.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <div className={styles['through']}>
      {error !== null && <Problem error={error} />}
      {directory !== null && (
        <Button variant="default" fullWidth classNames={LONG} onClick={() => onDirectory(null)}>
          {t('through.own')}
        </Button>
      )}
      {items
        .filter(({ kind }) => kind !== directory?.kind)
        .map((provider) => (
          <Button
            key={provider.kind}
            variant="default"
            fullWidth
            classNames={LONG}
            loading={provider.kind === 'oidc' && busy}
            onClick={() => (provider.kind === 'oidc' ? go(back) : onDirectory(provider))}
          >
            {t('through.button', { name: provider.name })}
          </Button>
        ))}
    </div>
  );
}
