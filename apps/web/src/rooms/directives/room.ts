import type { Room } from '../../shell/room.ts';

export const directivesRoom: Room = {
  id: 'directives',
  nav: [
    {
      to: '/directives',
      group: 'direct',
      label: { vi: 'Văn bản chỉ đạo', en: 'Directives' },
      icon: 'document',
      short: { vi: 'Văn bản', en: 'Directives' },
      tab: true,
    },
  ],
  pages: [],
};
