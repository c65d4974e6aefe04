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
  status: { load: async () => (await import('./leftovers/LeftoverStatus.tsx')).LeftoverStatus, roles: ['desk', 'administrator'] },
  pages: [
    { path: '/organisations', load: async () => (await import('./OrganisationsPage.tsx')).OrganisationsPage },
    { path: '/organisations/import', load: async () => (await import('./import/ImportPage.tsx')).ImportPage },
    { path: '/organisations/reorganise', load: async () => (await import('./reorganise/ReorganisePage.tsx')).ReorganisePage },
    { path: '/organisations/$id', load: async () => (await import('./OrganisationPage.tsx')).OrganisationPage },
  ],
};
