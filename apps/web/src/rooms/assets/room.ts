import type { Room } from '../../shell/room.ts';

export const assetsRoom: Room = {
  id: 'assets',
  nav: [{ to: '/asset-register', group: 'records', label: { vi: 'Tài sản', en: 'Assets' }, icon: 'screen' }],
  pages: [
    { path: '/asset-register', load: async () => (await import('./AssetsPage.tsx')).AssetsPage },
    { path: '/asset-register/import', load: async () => (await import('./import/ImportPage.tsx')).ImportPage },
    { path: '/asset-register/proposals', load: async () => (await import('./ProposalsPage.tsx')).ProposalsPage },
  ],
};
