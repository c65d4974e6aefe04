/** A line of a list: day of its month and hour (Vietnam), address, port, family, and what the list says of unit and machine. */
type Seen = readonly [day: string, address: string, port: number, family: string, unit?: string, machine?: string];

export type SampleList = { title: string; name: string; from: string; to: string; takenAt: string; rows: readonly Seen[] };

const month = (yearMonth: string, rows: readonly (readonly [string, string, number, string, string?, string?])[]): Seen[] =>
  rows.map(([at, ...rest]) => [`${yearMonth}-${at}`, ...rest]);

/** What the sender saw in three months: the third is the annex of the directive. */
export const SAMPLE_LISTS: readonly [SampleList, SampleList, SampleList] = [
  {
    title: 'IP botnet tháng 02/2024',
    name: 'botnet-2024-02.csv',
    from: '2024-02-01T00:00:00+07:00',
    to: '2024-02-29T23:59:59+07:00',
    takenAt: '2024-03-05T09:30:00+07:00',
    rows: month('2024-02', [
      ['03 08:12', '192.0.2.5', 51022, 'Andromeda'],
      ['11 14:40', '192.0.2.5', 51980, 'Andromeda'],
      ['06 09:05', '192.0.2.7', 49811, 'Conficker', 'Sở Y tế', 'YTE-KETOAN-03'],
      ['09 10:31', '192.0.2.20', 50112, 'Andromeda'],
      ['12 16:22', '192.0.2.21', 50555, 'Mirai'],
      ['15 07:49', '192.0.2.35', 49200, 'Conficker'],
      ['08 21:15', '192.0.2.130', 50031, 'Andromeda'],
      ['17 11:03', '198.51.100.5', 52000, 'Andromeda'],
      ['19 13:37', '198.51.100.9', 52100, 'Mirai'],
      ['20 15:01', '198.51.100.40', 52200, 'Conficker'],
      ['21 08:55', '198.51.100.70', 52300, 'Andromeda'],
      ['22 09:20', '203.0.113.3', 40011, 'Andromeda'],
      ['23 10:10', '203.0.113.3', 40057, 'Mirai'],
      ['24 19:44', '203.0.113.200', 61000, 'Mirai'],
      ['26 22:08', '203.0.113.201', 61200, 'Andromeda'],
      ['27 06:30', '203.0.113.70', 61300, 'Mirai'],
    ]),
  },
  {
    title: 'IP botnet tháng 03/2024',
    name: 'botnet-2024-03.csv',
    from: '2024-03-01T00:00:00+07:00',
    to: '2024-03-31T23:59:59+07:00',
    takenAt: '2024-04-03T10:00:00+07:00',
    rows: month('2024-03', [
      ['25 09:41', '192.0.2.7', 49822, 'Conficker', 'Sở Y tế', 'YTE-KETOAN-03'],
      ['12 16:20', '192.0.2.21', 50560, 'Mirai'],
      ['18 10:03', '192.0.2.52', 50300, 'Andromeda'],
      ['19 11:47', '192.0.2.53', 50301, 'Andromeda'],
      ['20 08:18', '192.0.2.68', 50411, 'Qsnatch'],
      ['21 14:05', '192.0.2.115', 50520, 'Conficker'],
      ['22 20:39', '198.51.100.9', 52110, 'Mirai'],
      ['23 09:00', '198.51.100.40', 52210, 'Conficker'],
      ['24 09:30', '198.51.100.41', 52211, 'Conficker'],
      ['26 15:15', '198.51.100.72', 52330, 'Qsnatch'],
      ['27 10:44', '203.0.113.3', 40090, 'Mirai'],
      ['28 18:02', '203.0.113.200', 61010, 'Mirai'],
      ['29 12:29', '203.0.113.222', 61020, 'Andromeda'],
      ['30 07:11', '2001:db8:10::25', 443, 'Mirai'],
    ]),
  },
  {
    title: 'IP botnet đột xuất tháng 04/2024',
    name: 'phu-luc-botnet-2024-04.csv',
    from: '2024-04-01T00:00:00+07:00',
    to: '2024-04-23T23:59:59+07:00',
    takenAt: '2024-04-25T08:20:00+07:00',
    rows: month('2024-04', [
      ['18 08:02', '192.0.2.5', 52077, 'Andromeda'],
      ['02 09:58', '192.0.2.6', 52080, 'Mirai'],
      ['12 13:09', '192.0.2.52', 50333, 'Andromeda'],
      ['13 15:27', '192.0.2.100', 50710, 'Conficker'],
      ['14 08:40', '192.0.2.115', 50533, 'Conficker'],
      ['15 17:31', '192.0.2.131', 50042, 'Mirai'],
      ['16 11:12', '198.51.100.5', 52001, 'Andromeda'],
      ['17 09:26', '198.51.100.12', 52150, 'Conficker'],
      ['20 10:05', '198.51.100.40', 52220, 'Conficker'],
      ['20 16:48', '198.51.100.72', 52340, 'Qsnatch'],
      ['21 20:17', '203.0.113.5', 40120, 'Conficker'],
      ['22 13:36', '203.0.113.200', 61022, 'Mirai'],
      ['23 08:29', '198.51.100.201', 52900, 'Andromeda', 'Thanh tra tỉnh', 'TT-VANTHU'],
    ]),
  },
];

/** As the sender's file has it: the form of a Vietnamese office, times of Vietnam. */
export function fileOf({ rows }: SampleList): Uint8Array {
  const lines = rows.map(
    ([at, address, port, family, unit = '', machine = '']) => `${at}:00,${address},${port},${family},${unit},${machine}`,
  );
  return new TextEncoder().encode(['Thời gian (GMT+7),Địa chỉ IP,Cổng,Họ mã độc,Đơn vị,Tên máy', ...lines, ''].join('\n'));
}
