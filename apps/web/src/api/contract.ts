/**
 * The routes that the screens call. One place decides where the types come from: the shell's own calls are declared here, the other
 * rooms' come from `@vonggac/contract`.
 */
export type Language = 'vi' | 'en';

export type Role = 'administrator' | 'desk' | 'leader' | 'analyst' | 'officer' | 'operator' | 'auditor';

export interface OrganisationRef {
  id: string;
  name: string;
}

export interface Acting {
  organisation: OrganisationRef;
  role: Role;
}

export interface Session {
  person: { id: string; name: string; username: string };
  memberships: Acting[];
  acting: Acting;
  mustChangePassword: boolean;
  language: Language;
  firstRun: boolean;
  sample: boolean;
  /** The day in Asia/Ho_Chi_Minh by the server's clock, `2024-04-26`; fixed in the sample province. */
  today: string;
}

export interface SessionRow {
  id: string;
  createdAt: string;
  lastSeenAt: string;
  address: string | null;
  agent: string | null;
  current: boolean;
}

export interface SearchHit {
  kind: string;
  id: string;
  title: string;
  detail: string | null;
  /** Path of the screen inside this application. */
  href: string;
}

export interface OrganisationHit extends OrganisationRef {
  /** What tells it from its namesakes: the former or present parent. */
  context: string | null;
}

interface Call<Params, Query, Body, Output> {
  params: Params;
  query: Query;
  body: Body;
  output: Output;
}

export interface Routes {
  'GET /session': Call<undefined, undefined, undefined, Session>;
  'POST /session/acting': Call<undefined, undefined, { organisationId: string; role: Role }, Session>;
  'POST /session/language': Call<undefined, undefined, { language: Language }, unknown>;
  'POST /sign-in': Call<undefined, undefined, { username: string; password: string }, unknown>;
  'POST /sign-out': Call<undefined, undefined, undefined, unknown>;
  'POST /password': Call<undefined, undefined, { current: string; next: string }, unknown>;
  'POST /first-run': Call<undefined, undefined, { choice: 'empty' | 'sample'; province?: string }, unknown>;
  'GET /sessions': Call<undefined, undefined, undefined, { rows: SessionRow[] }>;
  'DELETE /sessions/{id}': Call<{ id: string }, undefined, undefined, unknown>;
  'GET /search': Call<undefined, { q: string }, undefined, { rows: SearchHit[] }>;
  'GET /organisations': Call<undefined, { q?: string; size?: number }, undefined, { rows: OrganisationHit[]; total: number }>;
}

export type RouteKey = keyof Routes;
