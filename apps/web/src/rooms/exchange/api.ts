import type { Output } from '../../api/client.ts';

export type Statuses = Output<'GET /work/{directive}/{organisation}/statuses'>;
export type Step = Statuses['steps'][number];
export type StatusFile = Statuses['received'][number];
export type QueueItem = Output<'GET /status-messages'>['items'][number];

export type Arrival = Output<'GET /directives/{id}/arrival'>;

/** Everything that shows statuses is read again after an act. */
export const STALE = [
  'GET /work/{directive}/{organisation}/statuses',
  'GET /status-messages',
  'GET /status-files',
  'GET /work/{directive}/{organisation}',
] as const;

export const ARRIVAL_STALE = ['GET /directives/{id}/arrival', 'GET /status-messages'] as const;
