import type { Room } from '../shell/room.ts';

/** Every primitive on one page, for development only (`/gallery`). */
export const galleryRoom: Room = {
  id: 'gallery',
  nav: [],
  pages: [
    { path: '/gallery', load: async () => (await import('./GalleryPage.tsx')).GalleryPage },
    { path: '/gallery/matrix', load: async () => (await import('./MatrixPage.tsx')).MatrixPage },
    { path: '/gallery/table', load: async () => (await import('./TablePage.tsx')).TablePage },
    { path: '/gallery/document', load: async () => (await import('./DocumentPage.tsx')).DocumentPage },
    { path: '/gallery/forms', load: async () => (await import('./FormsPage.tsx')).FormsPage },
  ],
};
