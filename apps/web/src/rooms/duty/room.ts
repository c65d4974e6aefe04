import type { Room } from '../../shell/room.ts';

export const dutyRoom: Room = {
  id: 'duty',
  nav: [
    {
      to: '/duty',
      group: 'do',
      label: { vi: 'Trực & gọi kiểm tra', en: 'Duty & check calls' },
      icon: 'phone',
      short: { vi: 'Trực', en: 'Duty' },
      tab: true,
    },
  ],
  pages: [{ path: '/duty', load: async () => (await import('./DutyPage.tsx')).DutyPage }],
};
