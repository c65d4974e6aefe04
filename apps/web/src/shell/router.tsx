import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import type { AnyRoute } from '@tanstack/react-router';
import { HomePage } from './HomePage.tsx';
import { BrokenPage, NotFoundPage } from './LostPages.tsx';
import type { Room, RoomPage } from './room.ts';
import { parseSearch, stringifySearch } from './search-params.ts';
import { BareFrame, RootFrame, ShellFrame } from './Frames.tsx';

/** One route tree from the rooms' own lists of pages: public ones, bare ones, and those inside the shell. */
export function createAppRouter(rooms: readonly Room[]) {
  const root = createRootRoute({ component: RootFrame, notFoundComponent: NotFoundPage, errorComponent: BrokenPage });
  const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: ShellFrame });
  const bare = createRoute({ getParentRoute: () => root, id: 'bare', component: BareFrame });
  const home = createRoute({ getParentRoute: () => shell, path: '/', component: HomePage });
  const pages = rooms.flatMap((room) => room.pages);
  const under = (parent: AnyRoute, frame: RoomPage['frame']): AnyRoute[] =>
    pages.filter((page) => (page.frame ?? 'shell') === frame).map((page) => routeOf(parent, page));
  const tree = root.addChildren([
    shell.addChildren([home, ...under(shell, 'shell')]),
    bare.addChildren(under(bare, 'bare')),
    ...under(root, 'public'),
  ]);
  return createRouter({ routeTree: tree, parseSearch, stringifySearch, defaultPreload: 'intent', scrollRestoration: true });
}

function routeOf(parent: AnyRoute, { path, load }: RoomPage): AnyRoute {
  const component = lazyRouteComponent(async () => ({ default: await load() }));
  return createRoute({ getParentRoute: () => parent, path, component });
}
