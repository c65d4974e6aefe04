import type { Room } from '../../shell/room.ts';

/** Reports on directives; reached from the directive that they report on. */
export const reportsRoom: Room = {
  id: 'reports',
  nav: [],
  pages: [
    { path: '/directives/$id/reports', load: async () => (await import('./ReportsPage.tsx')).ReportsPage },
    { path: '/reports/$id', load: async () => (await import('./ReportPage.tsx')).ReportPage },
  ],
};
