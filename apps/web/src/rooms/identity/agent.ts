const BROWSERS = [
  ['Edge', /\bEdg(?:A|iOS)?\/(\d+)/],
  ['Cốc Cốc', /\bcoc_coc_browser\/(\d+)/i],
  ['Opera', /\bOPR\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Chrome|CriOS)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+).*\bSafari\//],
] as const;
const SYSTEMS = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
] as const;

/** Browser and system from a User-Agent, `Chrome 140 · Windows`; null when neither is known. Only for recognising one's own sessions. */
export function describeAgent(agent: string | null): string | null {
  if (agent === null) return null;
  const browser = BROWSERS.flatMap(([name, pattern]) => {
    const match = pattern.exec(agent);
    return match === null ? [] : [`${name} ${match[1] ?? ''}`.trim()];
  })[0];
  const system = SYSTEMS.find(([, pattern]) => pattern.test(agent))?.[0];
  const known = [browser, system].filter((part) => part !== undefined);
  return known.length === 0 ? null : known.join(' · ');
}
