import type { Room } from '../../shell/room.ts';

export const workRoom: Room = {
  id: 'work',
  nav: [
    {
      to: '/my-work',
      group: 'direct',
      label: { vi: 'Việc của tôi', en: 'My work' },
      icon: 'check',
      short: { vi: 'Việc', en: 'Work' },
      tab: true,
    },
  ],
  status: { load: async () => (await import('./WorkStatus.tsx')).WorkStatus, roles: ['officer', 'operator', 'analyst', 'desk', 'leader'] },
  pages: [
    { path: '/my-work', load: async () => (await import('./MyWorkPage.tsx')).MyWorkPage },
    { path: '/my-work/$directive', load: async () => (await import('./WorkPage.tsx')).WorkPage },
    { path: '/my-parts/$part', load: async () => (await import('./PartPage.tsx')).PartPage },
    { path: '/work/$directive/$organisation', load: async () => (await import('./WorkPage.tsx')).WorkPage },
  ],
};
