import type { Room } from '../../shell/room.ts';

export const identityRoom: Room = {
  id: 'identity',
  nav: [],
  pages: [
    { path: '/sign-in', frame: 'public', load: async () => (await import('./SignInPage.tsx')).SignInPage },
    { path: '/sign-in/return', frame: 'public', load: async () => (await import('./ReturnPage.tsx')).ReturnPage },
    { path: '/password', frame: 'bare', load: async () => (await import('./PasswordPage.tsx')).PasswordPage },
    { path: '/second-factor', frame: 'bare', load: async () => (await import('./SecondFactorPage.tsx')).SecondFactorPage },
    { path: '/first-run', frame: 'bare', load: async () => (await import('./FirstRunPage.tsx')).FirstRunPage },
    { path: '/second-factor-resets', load: async () => (await import('./ResetsPage.tsx')).ResetsPage },
    { path: '/account', load: async () => (await import('./AccountPage.tsx')).AccountPage },
  ],
  status: { load: async () => (await import('./FactorStatus.tsx')).FactorStatus },
};
