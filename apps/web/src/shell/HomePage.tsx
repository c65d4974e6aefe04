import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import { PageHeader } from '../ui/page/PageHeader.tsx';
import { entriesFor, startOf } from './navigation.ts';
import { Redirect } from './Redirect.tsx';
import { rooms } from './rooms.ts';

/** Leads to where the role begins its day. */
export function HomePage(): ReactElement {
  const { t } = useTranslation('shell');
  const session = useSession();
  const to = startOf(session, entriesFor(session.acting.role, rooms));
  if (to !== null) return <Redirect to={to} />;
  return <PageHeader title={t('noScreens.title')} lead={t('noScreens.why')} />;
}
