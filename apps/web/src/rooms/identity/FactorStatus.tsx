import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import styles from './Identity.module.css';

const EVERY = 60_000;

/** On every page: resets that wait for this administrator, or that one's own second factor was taken away. Nothing otherwise. */
export function FactorStatus(): ReactElement | null {
  const { t } = useTranslation('identity');
  const { data } = useQuery({
    queryKey: ['GET /second-factor-notices'],
    queryFn: async () => await api('GET /second-factor-notices'),
    refetchInterval: EVERY,
    staleTime: EVERY,
  });
  if (data === undefined || (data.waiting === 0 && !data.reset)) return null;
  return data.reset ? (
    <Link to="/account" className={styles['notice']}>
      {t('reset.mine')}
    </Link>
  ) : (
    <Link to="/second-factor-resets" className={styles['notice']}>
      {t('reset.waiting', { count: data.waiting })}
    </Link>
  );
}
