import type { Room } from '../../shell/room.ts';

export const statusRoom: Room = {
  id: 'status',
  nav: [
    {
      to: '/status',
      group: 'records',
      label: { vi: 'Tình trạng hệ thống', en: 'System status' },
      icon: 'screen',
      roles: ['administrator'],
    },
  ],
  pages: [{ path: '/status', load: async () => (await import('./StatusPage.tsx')).StatusPage }],
};
