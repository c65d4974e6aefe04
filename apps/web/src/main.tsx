import './ui/theme/index.ts';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { onSignedOut } from './api/client.ts';
import { createQueryClient } from './api/query.ts';
import { startI18n } from './i18n/i18n.ts';
import { keepShell } from './offline/register.ts';
import { rooms } from './shell/rooms.ts';
import { createAppRouter } from './shell/router.tsx';
import { startDensity, theme } from './ui/theme/index.ts';

async function start(): Promise<void> {
  startDensity();
  await startI18n();
  const queryClient = createQueryClient();
  const router = createAppRouter(await allRooms());
  onSignedOut(() => {
    const { pathname, href } = router.state.location;
    if (pathname === '/sign-in') return;
    queryClient.clear();
    void router.navigate({ to: '/sign-in', search: { back: href } as never, replace: true });
  });
  const root = document.getElementById('root');
  if (root === null) throw new Error('index.html has no #root');
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} forceColorScheme="light">
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
  if (import.meta.env.PROD) keepShell();
}

/** The gallery of primitives is for development; a production build carries no trace of it. */
async function allRooms(): Promise<typeof rooms> {
  if (!import.meta.env.DEV && import.meta.env.MODE !== 'gallery') return rooms;
  const { galleryRoom } = await import('./gallery/room.ts');
  return [...rooms, galleryRoom];
}

void start();
