import type { ComponentType } from 'react';
import type { Role } from '../api/contract.ts';
import type { IconName } from '../ui/icons.tsx';

/** Where an entry stands in the navigation: direct, do, records. */
export type NavGroup = 'direct' | 'do' | 'records';

export interface NavEntry {
  to: string;
  group: NavGroup;
  /** Both languages here, because the navigation is drawn before the room's own messages are loaded. */
  label: { vi: string; en: string };
  /** Two or three letters' width on a phone's tab bar; the label where it is left out. */
  short?: { vi: string; en: string };
  icon: IconName;
  /** Who sees the entry; everybody where it is left out. The server decides what they may read. */
  roles?: readonly Role[];
  /** Stands in the tab bar of a phone; at most three entries of a role. */
  tab?: boolean;
}

export interface RoomPage {
  /** TanStack Router path: `/directives/$id`. Parameters are read with `useParams({ strict: false })`. */
  path: string;
  /** Loads the page when it is first opened. */
  load: () => Promise<ComponentType>;
  /** `shell` (default) stands inside bar and navigation, `bare` is signed in without them, `public` needs no session. */
  frame?: 'shell' | 'bare' | 'public';
}

export interface Room {
  /** Also the namespace of its messages. */
  id: string;
  nav: readonly NavEntry[];
  pages: readonly RoomPage[];
  /** A short status that stands in the top bar of every page, such as who is on duty now. */
  status?: { load: () => Promise<ComponentType>; roles?: readonly Role[] };
}
