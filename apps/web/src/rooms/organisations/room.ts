import type { Room } from '../../shell/room.ts';

export const organisationsRoom: Room = {
  id: 'organisations',
  nav: [
    {
      to: '/organisations',
      group: 'records',
      label: { vi: 'Đơn vị & đầu mối', en: 'Organisations & contacts' },
      icon: 'tree',
    },
  ],
  pages: [],
};
