import type { Room } from '../../shell/room.ts';

/** How an issued directive stands; its entry in the navigation is that of the directives. */
export const standingRoom: Room = {
  id: 'standing',
  nav: [],
  pages: [
    { path: '/directives/$id', load: async () => (await import('./StandingPage.tsx')).StandingPage },
    { path: '/directives/$id/answer-sheets', load: async () => (await import('./sheets/SheetsPage.tsx')).SheetsPage },
  ],
};
