import type { ReactElement } from 'react';

const drawn = {
  document: 'M6 2.5h5.5L15 6v11.5H6zM11 2.5V6.5h4M8.5 10h4M8.5 13h4',
  check: 'M3.5 4.5h9v12h-9zM6 10l2.2 2.4L16.5 4',
  phone: 'M5 3l2.5 0 1.2 3.6-1.7 1.4a9 9 0 004.6 4.8l1.6-1.7 3.3 1.3v2.4c0 .9-.8 1.6-1.7 1.5C8.6 15.8 4 11 3.4 4.7 3.4 3.8 4.1 3 5 3z',
  tree: 'M7.5 2.5h5v4h-5zM2.5 13.5h5v4h-5zM12.5 13.5h5v4h-5zM10 6.5v3.5M5 13.5V10h10v3.5',
  person: 'M10 10a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM3.5 17c.6-3.2 3.2-5 6.5-5s5.9 1.8 6.5 5',
  log: 'M4 3.5h12v13h-12zM7 7h6M7 10h6M7 13h3.5',
  search: 'M9 14.5a5.5 5.5 0 100-11 5.5 5.5 0 000 11zM13 13l4 4',
  more: 'M4 10h.01M10 10h.01M16 10h.01',
  down: 'M5 8l5 5 5-5',
  right: 'M8 5l5 5-5 5',
  left: 'M12 5l-5 5 5 5',
  close: 'M5 5l10 10M15 5L5 15',
  warning: 'M10 3L2.5 16.5h15zM10 8v4M10 14.2v.1',
  key: 'M7 12.5a3.5 3.5 0 110-7 3.5 3.5 0 010 7zM10.3 9H17.5M15 9v3',
  leave: 'M8 3.5H4v13h4M8.5 10H17M14 7l3 3-3 3',
  rows: 'M3.5 5h13M3.5 10h13M3.5 15h13',
  ascending: 'M10 16V4M6 8l4-4 4 4',
  descending: 'M10 4v12M6 12l4 4 4-4',
  upload: 'M10 13V3.5M6.5 7L10 3.5 13.5 7M3.5 13v3.5h13V13',
  download: 'M10 3.5V13M6.5 9.5L10 13l3.5-3.5M3.5 13v3.5h13V13',
  print: 'M6 7V3h8v4M4 7h12v7h-2.5v-2.5h-7V14H4zM6.5 11.5h7V17h-7z',
  done: 'M4 10.5l4 4 8-9',
  screen: 'M3 4h14v9.5H3zM7 17h6M10 13.5V17',
} as const;

export type IconName = keyof typeof drawn;

interface IconProps {
  name: IconName;
  size?: number;
}

/** A line drawing beside a word; never alone in navigation, therefore always hidden from screen readers. */
export function Icon({ name, size = 18 }: IconProps): ReactElement {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.6 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
    >
      <path d={drawn[name]} />
    </svg>
  );
}
