import type { Room } from '../../shell/room.ts';

export const tasksRoom: Room = {
  id: 'tasks',
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
  pages: [],
};
