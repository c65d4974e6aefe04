/** Begins to keep the shell, once the first page is there. Only where the browser allows it: https, or this very machine. */
export function keepShell(): void {
  if (!('serviceWorker' in navigator)) return;
  const register = (): void => {
    // Without it everything works but the page for a lost network.
    navigator.serviceWorker.register('/sw.js').catch(() => {});
  };
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}
