import { z } from 'zod';
import { day, id, instant, line, prose, text } from './route.ts';

export const assetKind = z.enum(['system', 'host', 'range', 'domain']);
export const usage = z.enum(['own', 'exit', 'carrier', 'dynamic']);
const shownState = z.enum(['claimed', 'approved', 'refused', 'withdrawn', 'ended']);
export const assetState = z.enum(['live', 'all', ...shownState.options]);
const sorts = ['name', 'organisation', 'value', 'from', 'claimed', 'level'] as const;
export const assetSort = z.enum([...sorts, '-name', '-organisation', '-value', '-from', '-claimed', '-level']);
export const ids = z.array(id).min(1).max(500);

const organisation = z.object({ id, name: z.string() });
/** From a day to a day (exclusive), Asia/Ho_Chi_Minh; null is open. */
const period = { from: day.nullable(), to: day.nullable() };

/** What describes an asset; a kind ignores what it has no use for. */
const described = {
  name: line(300).optional(),
  system: id.nullish(),
  level: z.number().int().min(1).max(5).nullish(),
  levelDecision: line(200).nullish(),
  levelDay: day.nullish(),
  address: line(100).nullish(),
  mac: line(40).nullish(),
  network: line(100).nullish(),
  domain: line(300).nullish(),
  withSubdomains: z.boolean().optional(),
  usage: usage.optional(),
  note: prose(2000).nullish(),
};
export const assetInput = z.object({ kind: assetKind, ...described });
export const assetClaim = assetInput.extend({ organisation: id, ...period });
export const assetClaims = z.object({ organisation: id, ...period, items: z.array(assetInput).min(1).max(500) });
export const assetChange = z.object({ version: z.number().int().min(1), ...period, ...described });

export const asset = z.object({
  id,
  kind: assetKind,
  name: z.string(),
  organisation,
  value: z.string().nullable(),
  mac: z.string().nullable(),
  withSubdomains: z.boolean(),
  usage,
  system: organisation.nullable(),
  level: z.number().int().nullable(),
  levelDecision: z.string().nullable(),
  levelDay: day.nullable(),
  state: shownState,
  ...period,
  note: z.string().nullable(),
  reason: z.string().nullable(),
  claimed: z.object({ by: z.string(), at: instant }),
  decided: z.object({ by: z.string(), at: instant }).nullable(),
  rivals: z.number().int(),
  version: z.number().int(),
  can: z.object({ change: z.boolean(), decide: z.boolean(), end: z.boolean(), withdraw: z.boolean() }),
});

const gap = z.object({ from: day, to: day });
export const assetDetail = asset.extend({
  /** `organisation` is null where the actor may not know who it was. */
  line: z.array(
    z.object({ id: id.nullable(), organisation: organisation.nullable(), ...period, now: z.boolean(), reason: z.string().nullable() }),
  ),
  gaps: z.array(gap),
  parts: z.array(z.object({ id, kind: assetKind, name: z.string() })),
});

export const checked = z.object({
  value: z.string().nullable(),
  problem: text.nullable(),
  relations: z.array(
    z.object({
      relation: z.enum(['same', 'contains', 'contained']),
      id: id.nullable(),
      value: z.string().nullable(),
      organisation: organisation.nullable(),
      state: z.enum(['claimed', 'approved']),
      ...period,
      meets: z.boolean(),
    }),
  ),
  more: z.number().int(),
  gaps: z.array(gap),
});

/** Of a bulk act: what could not be done stays as it was, with the reason. */
export const outcome = z.object({
  done: z.number().int(),
  refused: z.array(z.object({ id, name: z.string(), text })),
  /** By which it can be taken back; null where nothing was done. */
  undo: id.nullable(),
});

export const registration = z.enum(['none', 'claimed', 'registered']);
export const standing = z.object({
  organisation,
  kind: z.string(),
  state: registration,
  approved: z.number().int(),
  claimed: z.number().int(),
});
