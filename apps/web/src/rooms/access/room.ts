import type { Room } from '../../shell/room.ts';

export const accessRoom: Room = {
  id: 'access',
  nav: [
    {
      to: '/accounts',
      group: 'records',
      label: { vi: 'Tài khoản', en: 'Accounts' },
      icon: 'person',
      roles: ['administrator', 'desk'],
    },
  ],
  pages: [
    { path: '/accounts', load: async () => (await import('./AccountsPage.tsx')).AccountsPage },
    { path: '/accounts/import', load: async () => (await import('./import/ImportPage.tsx')).ImportPage },
  ],
};
