import { Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import type { ReactElement, ReactNode } from 'react';
import type { Session } from '../api/contract.ts';
import { useSessionQuery } from '../api/session.ts';
import { switchLanguage } from '../i18n/i18n.ts';
import { currentLanguage, hasStoredLanguage } from '../i18n/language.ts';
import { ErrorState, LoadingLines } from '../ui/page/PageStates.tsx';
import { Toasts } from '../ui/toast/Toasts.tsx';
import { Away } from './Away.tsx';
import { FreshCode } from './FreshCode.tsx';
import { Redirect } from './Redirect.tsx';
import { Shell } from './Shell.tsx';
import styles from './Shell.module.css';

/** What stands around every page, signed in or not. */
export function RootFrame(): ReactElement {
  return (
    <>
      <Away />
      <Suspense fallback={<Waiting />}>
        <Outlet />
      </Suspense>
      <FreshCode />
      <Toasts />
    </>
  );
}

/** Pages with bar and navigation. */
export function ShellFrame(): ReactElement {
  return <Gate frame="shell">{(session) => <Shell session={session} />}</Gate>;
}

/** Pages that come before the work: the forced change of password, the first run. */
export function BareFrame(): ReactElement {
  return (
    <Gate frame="bare">
      {() => (
        <main className={styles['bare']} id="main" tabIndex={-1}>
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </main>
      )}
    </Gate>
  );
}

/** Lets pass who is signed in; sends others to sign in, to their code, their new password, their second factor, or to the first run, keeping the way back. */
function Gate({ frame, children }: { frame: 'shell' | 'bare'; children: (session: Session) => ReactNode }): ReactNode {
  const { data: session, error, refetch } = useSessionQuery();
  const href = useRouterState({ select: (state) => state.location.href });
  const path = useRouterState({ select: (state) => state.location.pathname });
  useAccountLanguage(session);
  if (error?.status === 401) return path === '/sign-in' ? <Waiting /> : <Redirect to="/sign-in" back={href} />;
  if (session === undefined) {
    return error === null ? (
      <Waiting />
    ) : (
      <main className={styles['bare']}>
        <ErrorState page error={error} onRetry={() => void refetch()} />
      </main>
    );
  }
  const first = session.waitsFor === null ? (session.firstRun ? '/first-run' : undefined) : FIRST[session.waitsFor];
  if (first !== undefined && (frame === 'shell' || path !== first)) {
    return session.waitsFor === 'code' ? <Redirect to={first} back={href} /> : <Redirect to={first} />;
  }
  return children(session);
}

const FIRST = { code: '/second-factor', password: '/password', factor: '/second-factor' } as const;

/** On a machine where nobody chose a language yet, the account's is taken. */
function useAccountLanguage(session: Session | undefined): void {
  useEffect(() => {
    if (session !== undefined && !hasStoredLanguage() && session.language !== currentLanguage()) void switchLanguage(session.language);
  }, [session]);
}

function Waiting(): ReactElement {
  return (
    <div className={styles['waiting']}>
      <LoadingLines lines={5} />
    </div>
  );
}
