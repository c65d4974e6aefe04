import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { LanguageSwitch } from '../../shell/LanguageSwitch.tsx';
import { useSignOut } from '../../shell/useSignOut.ts';
import { safeWayBack } from '../../shell/wayBack.ts';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import { CodeForm } from './CodeForm.tsx';
import { ResetNotice } from './FactorPanel.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { SetUpFactor } from './SetUpFactor.tsx';

/** The second step of signing in, or the setting up of what it asks for. */
export function SecondFactorPage(): ReactElement {
  const { t } = useTranslation('identity');
  const { waitsFor, person } = useSession();
  const { back } = useSearch({ strict: false }) as { back?: string };
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const client = useQueryClient();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const goOn = async (to: string): Promise<void> => {
    await client.resetQueries({ queryKey: ['GET /session'] });
    await client.invalidateQueries();
    await navigate({ href: to, replace: true });
  };
  if (codes !== null)
    return (
      <>
        <PageHeader title={t('recovery.title')} lead={t('recovery.lead')} />
        <Panel>
          <RecoveryCodes codes={codes} username={person.username} onDone={() => void goOn(waitsFor === 'factor' ? '/' : '/account')} />
        </Panel>
      </>
    );
  if (waitsFor === 'code')
    return (
      <>
        <PageHeader title={t('code.title')} actions={<LanguageSwitch />} />
        <Panel>
          <CodeForm
            lead={t('code.lead', { username: person.username })}
            button={t('signIn.button')}
            onDone={() => void goOn(safeWayBack(back))}
            onCancel={() => void signOut()}
            cancel={t('password.signOut')}
          />
        </Panel>
      </>
    );
  const forced = waitsFor === 'factor';
  return (
    <>
      <PageHeader title={t('factor.title')} lead={t(forced ? 'factor.forced' : 'factor.lead')} actions={<LanguageSwitch signedIn />} />
      <Panel>
        <Told />
        <SetUpFactor
          onDone={setCodes}
          onCancel={() => void (forced ? signOut() : navigate({ to: '/account' }))}
          cancel={t(forced ? 'password.signOut' : 'ui:cancel')}
        />
      </Panel>
    </>
  );
}

/** Why it must be set up again, where administrators took it away. */
function Told(): ReactElement | null {
  const { data } = useApi('GET /second-factor');
  return data === undefined || data.reset === null ? null : <ResetNotice reset={data.reset} />;
}
