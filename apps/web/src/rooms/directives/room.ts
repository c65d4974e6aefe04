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
  pages: [
    { path: '/directives', load: async () => (await import('./list/DirectivesPage.tsx')).DirectivesPage },
    { path: '/directives/new', load: async () => (await import('./read/NewDirectivePage.tsx')).NewDirectivePage },
    { path: '/directives/$id/check', load: async () => (await import('./check/CheckPage.tsx')).CheckPage },
    { path: '/directives/$id/acts', load: async () => (await import('./acts/ActsPage.tsx')).ActsPage },
  ],
};
