import { z } from 'zod';

type Schema = {
  type?: string;
  format?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
};

type Wish = {
  /** An id for a field of this name. */
  id: (name: string) => string;
  /** Fills these places with their n-th choice instead of the first; `''` is the place of the whole. */
  choices?: ReadonlyMap<string, number>;
  /** Told of every place that has choices. */
  met?: (place: string, count: number) => void;
  /** Whether an optional field stays; all do by default. */
  keeps?: (place: string) => boolean;
};

const known = new WeakMap<z.ZodType, Schema>();

function jsonOf(schema: z.ZodType): Schema {
  const json = known.get(schema) ?? (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema);
  known.set(schema, json);
  return json;
}

/**
 * Inputs that the schema takes, ids drawn by the name of their field: one with everything in it, one with what is required only,
 * and where the schema takes neither, those with one optional field. `broad`: also every other side of every choice.
 */
export function samplesOf(schema: z.ZodType, id: (name: string) => string, broad: boolean): unknown[] {
  const json = jsonOf(schema);
  const met = new Map<string, number>();
  const whole = sample(json, '', { id, met: (place, count) => void met.set(place, count) });
  const [bare, ...single] = alone(json, id);
  const taken = [whole, bare].filter((one) => schema.safeParse(one).success);
  const made = taken.length > 0 ? taken : single.filter((one) => schema.safeParse(one).success);
  if (broad)
    for (const [place, count] of met) for (let n = 1; n < count; n++) made.push(sample(json, '', { id, choices: new Map([[place, n]]) }));
  return made.length > 0 ? unique(made) : [whole];
}

/** For an address bar: what is required, and beside it each filter by an id alone; `broad`: every filter, in each of its choices. */
export function queriesOf(schema: z.ZodObject, id: (name: string) => string, broad: boolean): Record<string, unknown>[] {
  const json = jsonOf(schema);
  const [bare, ...single] = alone(json, id) as Record<string, unknown>[];
  const ids = Object.entries(json.properties ?? {}).filter(([, one]) => one.format === 'uuid');
  const made = broad ? [bare!, ...single] : [bare!, ...single.filter((one) => ids.some(([name]) => name in one))];
  for (const [name, one] of broad ? Object.entries(json.properties ?? {}) : [])
    for (const value of (one.enum ?? []).slice(1)) made.push({ ...bare, [name]: value });
  return unique(made);
}

function alone(json: Schema, id: (name: string) => string): unknown[] {
  const optional = Object.keys(json.properties ?? {}).filter((name) => !json.required?.includes(name) && !PAGING.has(name));
  return [null, ...optional].map((only) => sample(json, '', { id, keeps: (place) => place === only }));
}
const PAGING = new Set(['page', 'size', 'sort']);

const unique = <T>(values: T[]): T[] => [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];

function sample(s: Schema, place: string, wish: Wish): unknown {
  if (s.const !== undefined) return s.const;
  if (s.enum) return s.enum[choose(s.enum.length, place, wish)];
  const sides = (s.anyOf ?? s.oneOf)?.filter((one) => one.type !== 'null');
  if (sides && sides.length > 0) return sample(sides[choose(sides.length, place, wish)]!, place, wish);
  switch (s.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(s.properties ?? {})
          .filter(([name]) => s.required?.includes(name) || (wish.keeps?.(under(place, name)) ?? true))
          .map(([name, value]) => [name, sample(value, under(place, name), wish)]),
      );
    case 'array':
      return [sample(s.items ?? {}, place, wish)];
    case 'integer':
    case 'number':
      return Math.max(1, s.minimum ?? 1);
    case 'boolean':
      return true;
    default:
      return textFor(s, place.split('.').at(-1)!, wish.id);
  }
}

function choose(count: number, place: string, { choices, met }: Wish): number {
  met?.(place, count);
  return Math.min(choices?.get(place) ?? 0, count - 1);
}

const under = (place: string, name: string): string => (place === '' ? name : `${place}.${name}`);

function textFor(s: Schema, name: string, id: (name: string) => string): string {
  if (s.format === 'uuid') return id(name);
  if (s.format === 'date') return '2024-04-26';
  if (s.format === 'date-time') return '2024-04-26T08:00:00+07:00';
  if (s.format === 'email') return 'thu@mau.example';
  if (/phone/i.test(name)) return '0912345678';
  if (/number|position/i.test(name)) return '99';
  if (/username/i.test(name)) return `tai.khoan.${Math.random().toString(36).slice(2, 8)}`;
  return 'noi dung thu';
}
