import type { Room } from '../../shell/room.ts';

export const exchangeRoom: Room = {
  id: 'exchange',
  nav: [
    {
      to: '/statuses',
      group: 'do',
      label: { vi: 'Trạng thái qua trục', en: 'Statuses on the axis' },
      icon: 'upload',
      roles: ['desk', 'leader', 'officer', 'operator', 'analyst', 'auditor'],
    },
  ],
  pages: [{ path: '/statuses', load: async () => (await import('./StatusesPage.tsx')).StatusesPage }],
};
