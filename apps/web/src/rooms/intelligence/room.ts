import type { Room } from '../../shell/room.ts';

export const intelligenceRoom: Room = {
  id: 'intelligence',
  nav: [
    {
      to: '/lists',
      group: 'records',
      label: { vi: 'Danh sách nhận được', en: 'Lists received' },
      icon: 'rows',
      roles: ['desk', 'analyst', 'leader', 'auditor'],
    },
  ],
  pages: [
    { path: '/lists', load: async () => (await import('./ListsPage.tsx')).ListsPage },
    { path: '/lists/import', load: async () => (await import('./import/ImportPage.tsx')).ImportPage },
    { path: '/lists/names', load: async () => (await import('./NamesPage.tsx')).NamesPage },
    { path: '/lists/$id', load: async () => (await import('./ListPage.tsx')).ListPage },
  ],
};
