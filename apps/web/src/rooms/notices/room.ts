import type { Room } from '../../shell/room.ts';

export const noticesRoom: Room = {
  id: 'notices',
  nav: [{ to: '/notices', group: 'do', label: { vi: 'Thông báo', en: 'Notices' }, icon: 'document' }],
  pages: [
    { path: '/notices', load: async () => (await import('./NoticesPage.tsx')).NoticesPage },
    { path: '/notices/rules', load: async () => (await import('./RulesPage.tsx')).RulesPage },
    { path: '/notices/rules/$id', load: async () => (await import('./RulePage.tsx')).RulePage },
    { path: '/notices/$id', load: async () => (await import('./NoticePage.tsx')).NoticePage },
  ],
};
