/**
 * Where to go after signing in: only a path inside this application, never another host (`//evil`, `/\evil`) and never the sign-in page.
 */
export function safeWayBack(back: string | undefined): string {
  if (back === undefined || !/^\/(?![/\\])/.test(back) || back.startsWith('/sign-in')) return '/';
  // oxlint-disable-next-line no-control-regex
  return /[\u0000-\u001f\\]/.test(back) ? '/' : back;
}
