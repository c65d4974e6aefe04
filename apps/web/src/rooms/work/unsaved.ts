/** Sends an answer that the server has not taken yet; whether it took it. */
type Send = () => Promise<boolean>;

/** By task; a report waits for them. */
const unsaved = new Map<string, Send>();

export function rememberUnsaved(task: string, send: Send): void {
  unsaved.set(task, send);
}

export function forgetUnsaved(task: string): void {
  unsaved.delete(task);
}

/** Sends what is left of these tasks; false where the server did not take all of it. */
export async function saveAll(tasks: readonly string[]): Promise<boolean> {
  const taken = await Promise.all(tasks.map(async (task) => (await unsaved.get(task)?.()) ?? true));
  return taken.every(Boolean);
}
