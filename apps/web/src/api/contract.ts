import type { Routes as ServerRoutes } from '@vonggac/contract';

/** One hit of the search over everything. */
export interface SearchHit {
  kind: string;
  id: string;
  title: string;
  detail: string | null;
  /** Path of the screen inside this application. */
  href: string;
}

interface SearchRoute {
  'GET /search': { params: undefined; query: { q: string }; body: undefined; output: { items: SearchHit[] } };
}

/** Every route that the screens may call: those of the contract, and the search of Ctrl K. */
export type Routes = ServerRoutes & Omit<SearchRoute, keyof ServerRoutes>;
export type RouteKey = keyof Routes;

export type Session = Routes['GET /session']['output'];
export type Acting = Session['acting'];
export type Role = Acting['role'];
export type SessionRow = Routes['GET /sessions']['output']['items'][number];
export type OrganisationRef = Acting['organisation'];

/** An organisation as pickers show it; `context` tells it from its namesakes. */
export type OrganisationHit = Pick<Routes['GET /organisations']['output']['items'][number], 'id' | 'name' | 'context'>;
