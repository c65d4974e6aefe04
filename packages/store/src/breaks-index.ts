/** Whether a statement failed on a unique index. */
export function breaksIndex(error: unknown, index: string): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && at.code === '23505' && 'constraint' in at && at.constraint === index) return true;
  }
  return false;
}
