import type { Room } from '../../shell/room.ts';

export const printableRoom: Room = {
  id: 'printable',
  nav: [
    {
      to: '/printable',
      group: 'records',
      label: { vi: 'Danh sách in sẵn', en: 'Printable lists' },
      icon: 'print',
      roles: ['desk', 'leader'],
    },
  ],
  pages: [{ path: '/printable', load: async () => (await import('./PrintablePage.tsx')).PrintablePage }],
};
