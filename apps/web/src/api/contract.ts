import type { Routes as ServerRoutes } from '@vonggac/contract';

/** Every route that the screens may call. */
export type Routes = ServerRoutes;
export type RouteKey = keyof Routes;

export type Session = Routes['GET /session']['output'];
export type Acting = Session['acting'];
export type Role = Acting['role'];
export type SessionRow = Routes['GET /sessions']['output']['items'][number];

/** An organisation as pickers show it; `context` tells it from its namesakes. */
export type OrganisationHit = Pick<Routes['GET /organisations']['output']['items'][number], 'id' | 'name' | 'context'>;
