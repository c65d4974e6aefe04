export type ExerciseState = 'planned' | 'running' | 'over';
type Days = { validFrom: string; validTo: string };

/** How an exercise stands on a day in Vietnam; both its days count. */
export function stateOn({ validFrom, validTo }: Days, day: string): ExerciseState {
  if (day < validFrom) return 'planned';
  return day > validTo ? 'over' : 'running';
}

/** An address, or a domain that stands for each of its addresses; a subdomain is another domain. */
export function isNamed(destinations: readonly string[], address: string): boolean {
  const small = address.toLowerCase();
  return destinations.includes(small) || destinations.includes(small.slice(small.lastIndexOf('@') + 1));
}

/** Small letters, each once; `@so.example` is the domain `so.example`. */
export function tidy(destinations: readonly string[]): string[] {
  return [...new Set(destinations.map((one) => one.trim().toLowerCase().replace(/^@/, '')))];
}
