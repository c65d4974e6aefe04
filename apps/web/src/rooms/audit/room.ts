import type { Room } from '../../shell/room.ts';

export const auditRoom: Room = {
  id: 'audit',
  nav: [
    {
      to: '/audit',
      group: 'records',
      label: { vi: 'Nhật ký', en: 'Audit log' },
      icon: 'log',
      roles: ['administrator', 'auditor', 'leader'],
    },
  ],
  pages: [{ path: '/audit', load: async () => (await import('./AuditPage.tsx')).AuditPage }],
};
