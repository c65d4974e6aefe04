import type { Routes } from '../../api/contract.ts';

export type Standing = Routes['GET /directives/{id}/standing']['output'];
export type StandingItem = Standing['requirements'][number];
export type Matrix = Routes['GET /directives/{id}/matrix']['output'];
export type MatrixColumn = Matrix['columns'][number];
export type MatrixLine = Matrix['rows'][number];
export type MatrixQuery = NonNullable<Routes['GET /directives/{id}/matrix']['query']>;
export type FigureName = Routes['GET /directives/{id}/figures/{figure}']['params']['figure'];
export type Cell = Routes['GET /directives/{id}/cells/{organisation}/{requirement}']['output'];
export type Lit = NonNullable<MatrixQuery['state']>;
export type PaperFilter = NonNullable<MatrixQuery['paper']>;
export type Remindable = Routes['GET /directives/{id}/reminders/preview']['output']['items'][number];
export type Reminded = Routes['POST /directives/{id}/reminders']['output'];
export type MailState = Routes['GET /directives/{id}/reminders/preview']['output']['mail'];
