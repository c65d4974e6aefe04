import type { Room } from '../../shell/room.ts';

export const exercisesRoom: Room = {
  id: 'exercises',
  nav: [
    {
      to: '/exercises',
      group: 'records',
      label: { vi: 'Diễn tập', en: 'Exercises' },
      icon: 'warning',
      roles: ['desk', 'leader', 'auditor'],
    },
  ],
  pages: [{ path: '/exercises', load: async () => (await import('./ExercisesPage.tsx')).ExercisesPage }],
};
