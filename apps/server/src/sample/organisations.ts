/**
 * The organisations of an invented province, before and after 01/7/2025: departments, districts with their communes (two
 * communes of the same name), operators without a parent. Nothing here exists.
 */
export type SampleOrganisation = {
  key: string;
  kind: 'province' | 'department' | 'district' | 'commune' | 'operator' | 'unit';
  name: string;
  shortName?: string;
  /** Parents by time: key, from, to. */
  parents?: [string, string | null, string | null][];
  /** Supervised by Sở TTTT until 01/3/2025, by Công an tỉnh afterwards. */
  supervised?: boolean;
  existsTo?: string;
  aliases?: string[];
};

export const DISTRICTS_END = '2025-07-01';
export const ATTT_HANDED_OVER = '2025-03-01';

const DEPARTMENTS = [
  ['soyte', 'Sở Y tế'],
  ['sogddt', 'Sở Giáo dục và Đào tạo'],
  ['sonoivu', 'Sở Nội vụ'],
  ['sotaichinh', 'Sở Tài chính'],
  ['sotuphap', 'Sở Tư pháp'],
  ['soct', 'Sở Công Thương'],
  ['sotnmt', 'Sở Tài nguyên và Môi trường'],
  ['soxd', 'Sở Xây dựng'],
  ['sogtvt', 'Sở Giao thông vận tải'],
  ['sonnptnt', 'Sở Nông nghiệp và Phát triển nông thôn'],
  ['vpubnd', 'Văn phòng UBND tỉnh'],
  ['thanhtra', 'Thanh tra tỉnh'],
] as const;

const DISTRICTS = [
  ['dongha', 'UBND huyện Đông Hà', ['Tân Lập', 'Đông Phong', 'Hòa Bình']],
  ['tayha', 'UBND huyện Tây Hà', ['Tân Lập', 'Tây Sơn', 'Yên Thịnh']],
  ['namson', 'UBND huyện Nam Sơn', ['Nam Tiến', 'Sơn Thủy']],
  ['bacson', 'UBND huyện Bắc Sơn', ['Bắc Cường', 'Sơn Lâm']],
  ['tpmau', 'UBND thành phố Mẫu', ['Trung Tâm', 'Bến Đò']],
] as const;

const OPERATORS = [
  ['vienthong', 'Viễn thông tỉnh Mẫu'],
  ['didong1', 'Công ty Di động Một – Chi nhánh tỉnh Mẫu'],
  ['didong2', 'Công ty Di động Hai – Chi nhánh tỉnh Mẫu'],
  ['internet', 'Công ty Internet Miền Mẫu'],
  ['truyenhinh', 'Chi nhánh Truyền hình cáp tỉnh Mẫu'],
] as const;

function district([key, name, communes]: (typeof DISTRICTS)[number]): SampleOrganisation[] {
  const isCity = name.includes('thành phố');
  return [
    { key, kind: 'district', name, parents: [['ubnd', null, DISTRICTS_END]], supervised: true, existsTo: DISTRICTS_END },
    ...communes.map((commune, i): SampleOrganisation => ({
      key: `${key}.${i}`,
      kind: 'commune',
      name: `UBND ${isCity ? 'phường' : 'xã'} ${commune}`,
      parents: [
        [key, null, DISTRICTS_END],
        ['ubnd', DISTRICTS_END, null],
      ],
    })),
  ];
}

export const SAMPLE_ORGANISATIONS: SampleOrganisation[] = [
  { key: 'ubnd', kind: 'province', name: 'UBND tỉnh Mẫu', aliases: ['Ủy ban nhân dân tỉnh Mẫu', 'UBND tỉnh'] },
  {
    key: 'sotttt',
    kind: 'department',
    name: 'Sở Thông tin và Truyền thông',
    shortName: 'Sở TTTT',
    parents: [['ubnd', null, null]],
    existsTo: ATTT_HANDED_OVER,
    aliases: ['Sở TT&TT'],
  },
  { key: 'congan', kind: 'department', name: 'Công an tỉnh Mẫu', parents: [['ubnd', null, null]], aliases: ['Công an tỉnh'] },
  ...DEPARTMENTS.map(([key, name]): SampleOrganisation => ({
    key,
    kind: 'department',
    name,
    parents: [['ubnd', null, null]],
    supervised: true,
  })),
  { key: 'benhvien', kind: 'unit', name: 'Bệnh viện Đa khoa tỉnh Mẫu', parents: [['soyte', null, null]] },
  ...DISTRICTS.flatMap(district),
  ...OPERATORS.map(([key, name]): SampleOrganisation => ({ key, kind: 'operator', name, supervised: true })),
];

/** Recipient groups by time. */
export const SAMPLE_GROUPS: { name: string; members: (one: SampleOrganisation) => boolean; from: string | null; to: string | null }[] = [
  { name: 'Các Sở, ban, ngành của tỉnh', members: (one) => one.kind === 'department' && one.supervised === true, from: null, to: null },
  { name: 'UBND các huyện, thành phố', members: (one) => one.kind === 'district', from: null, to: DISTRICTS_END },
  { name: 'UBND các xã, phường', members: (one) => one.kind === 'commune', from: DISTRICTS_END, to: null },
  { name: 'Các doanh nghiệp cung cấp dịch vụ viễn thông, Internet', members: (one) => one.kind === 'operator', from: null, to: null },
];
