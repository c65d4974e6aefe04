/** `+84912345678` → `0912 345 678`, as it is dialled and read at home; what is no such number stays as it is. */
export function shownPhone(value: string): string {
  const home = value.replace(/^\+84/, '0');
  if (/^0\d{9}$/.test(home)) return `${home.slice(0, 4)} ${home.slice(4, 7)} ${home.slice(7)}`;
  if (/^02\d{9}$/.test(home)) return `${home.slice(0, 4)} ${home.slice(4, 7)} ${home.slice(7)}`;
  return value;
}
