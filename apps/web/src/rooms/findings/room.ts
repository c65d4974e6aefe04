import type { Room } from '../../shell/room.ts';

export const findingsRoom: Room = {
  id: 'findings',
  nav: [
    {
      to: '/findings',
      group: 'do',
      label: { vi: 'Điểm cần xử lý', en: 'Findings' },
      icon: 'warning',
    },
    { to: '/working-days', group: 'records', label: { vi: 'Lịch làm việc', en: 'Working days' }, icon: 'log', roles: ['administrator'] },
  ],
  pages: [
    { path: '/findings', load: async () => (await import('./FindingsPage.tsx')).FindingsPage },
    { path: '/findings/overview', load: async () => (await import('./OverviewPage.tsx')).OverviewPage },
    { path: '/findings/sheets', load: async () => (await import('./sheets/SheetsPage.tsx')).SheetsPage },
    { path: '/findings/$id', load: async () => (await import('./FindingPage.tsx')).FindingPage },
    { path: '/working-days', load: async () => (await import('./CalendarPage.tsx')).CalendarPage },
  ],
};
