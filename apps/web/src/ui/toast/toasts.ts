export interface Toast {
  id: number;
  message: string;
  kind: 'done' | 'problem';
  /** Takes the act back; offered until the toast goes. */
  undo?: (() => void | Promise<void>) | undefined;
  /** Milliseconds on screen; problems stay until they are closed. */
  stay: number;
}

interface ToastInit {
  message: string;
  kind?: Toast['kind'];
  undo?: (() => void | Promise<void>) | undefined;
}

const PLAIN_STAY = 5_000;
const UNDO_STAY = 12_000;
const listeners = new Set<() => void>();
let toasts: readonly Toast[] = [];
let announced = '';
let nextId = 1;

/** Says what was done, with a way to undo it where `undo` is given; read out by screen readers. */
export function showToast({ message, kind = 'done', undo }: ToastInit): number {
  const id = nextId++;
  const stay = kind === 'problem' ? Number.POSITIVE_INFINITY : undo === undefined ? PLAIN_STAY : UNDO_STAY;
  toasts = [...toasts.slice(-3), { id, message, kind, undo, stay }];
  changed();
  return id;
}

export function closeToast(id: number): void {
  toasts = toasts.filter((toast) => toast.id !== id);
  changed();
}

/** Reads a sentence out politely without showing it: a page's name, the number of hits. */
export function announce(sentence: string): void {
  announced = sentence;
  changed();
}

export function toastsNow(): readonly Toast[] {
  return toasts;
}

export function announcedNow(): string {
  return announced;
}

export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function changed(): void {
  for (const listener of listeners) listener();
}
