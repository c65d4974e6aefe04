import { fold, newId } from '@vonggac/kernel';
import { approveAssets, assets } from '@vonggac/rooms/assets';
import { inTransaction } from '@vonggac/store';
import type { House } from '../house.ts';
import { type SampleIds, sampleCtx } from './ctx.ts';
import { SAMPLE_ORGANISATIONS } from './organisations.ts';

type Kind = 'system' | 'host' | 'range' | 'domain';
type Usage = 'own' | 'exit' | 'carrier' | 'dynamic';
type Line = {
  kind: Kind;
  holder: string;
  name: string;
  /** Range, domain or address. */
  value?: string;
  usage?: Usage;
  level?: number;
  /** The system that it belongs to, by its name. */
  system?: string;
  /** It still waits for the authority. */
  waits?: true;
};

const range = (holder: string, value: string, more: Partial<Line> = {}): Line => ({ kind: 'range', holder, value, name: value, ...more });

/**
 * Who holds what. All addresses are those that stand for examples (RFC 5737, RFC 3849): nobody holds them, so the sample names nobody. The form
 * of the register would refuse them, hence rows. Six departments, a district and most operators have registered nothing.
 */
export const SAMPLE_REGISTER: readonly Line[] = [
  { kind: 'system', holder: 'sotttt', name: 'Trung tâm dữ liệu tỉnh', level: 3 },
  { kind: 'system', holder: 'soyte', name: 'Hệ thống hồ sơ sức khỏe điện tử', level: 3 },
  { kind: 'system', holder: 'tpmau', name: 'Cổng thông tin điện tử thành phố Mẫu', level: 2 },
  range('sotttt', '203.0.113.0/28', { name: 'Cổng ra Trung tâm dữ liệu tỉnh', usage: 'exit', system: 'Trung tâm dữ liệu tỉnh' }),
  range('soyte', '192.0.2.0/28', { name: 'Dải ra Internet của Sở', system: 'Hệ thống hồ sơ sức khỏe điện tử' }),
  range('soyte', '2001:db8:10::/48'),
  range('sogddt', '192.0.2.16/28'),
  range('sonoivu', '192.0.2.32/28'),
  range('sotaichinh', '192.0.2.48/28'),
  range('soct', '192.0.2.64/28'),
  range('sotuphap', '192.0.2.80/28', { waits: true }),
  range('soxd', '192.0.2.96/28'),
  range('vpubnd', '192.0.2.112/28'),
  range('benhvien', '192.0.2.128/28', { name: 'Đường truyền của bệnh viện' }),
  range('dongha', '198.51.100.0/27'),
  range('tayha', '198.51.100.32/27'),
  range('tpmau', '198.51.100.64/27', { system: 'Cổng thông tin điện tử thành phố Mẫu' }),
  range('namson', '198.51.100.96/27', { waits: true }),
  range('vienthong', '203.0.113.128/25', { name: 'Thuê bao Internet cố định', usage: 'carrier' }),
  range('didong1', '203.0.113.64/27', { name: 'Thuê bao di động', usage: 'carrier' }),
  { kind: 'domain', holder: 'soyte', name: 'Trang thông tin của Sở', value: 'soyte.mau.example' },
  { kind: 'domain', holder: 'tpmau', name: 'Cổng thông tin', value: 'tpmau.mau.example' },
  { kind: 'host', holder: 'soyte', name: 'YTE-KETOAN-03', value: '10.20.1.15' },
];

const nameOf = new Map(SAMPLE_ORGANISATIONS.map(({ key, name }) => [key, name]));

/** Claimed in January by the agencies, approved a few days later by the authority, save what waits. */
export async function putRegister(house: House, ids: SampleIds): Promise<void> {
  const overseer = ids.get('sotttt')!;
  const systems = new Map<string, string>();
  const rows = SAMPLE_REGISTER.map((line): typeof assets.$inferInsert & { id: string } => {
    const { kind, holder, name, value, usage, level, system, waits } = line;
    const id = newId();
    const organisation = ids.get(holder)!;
    if (kind === 'system') systems.set(name, id);
    const key =
      kind === 'range' || kind === 'domain'
        ? `${kind}:${value}`
        : `${kind}:${organisation}:${[value, fold(name)].filter(Boolean).join(':')}`;
    return {
      id,
      organisation,
      organisationName: nameOf.get(holder)!,
      overseer,
      kind,
      name,
      folded: fold(name === value || value === undefined ? name : `${name} ${value}`),
      key,
      state: 'claimed',
      usage: usage ?? 'own',
      level: level ?? null,
      system: system === undefined ? null : systems.get(system)!,
      network: kind === 'range' ? value! : null,
      domain: kind === 'domain' ? value! : null,
      withSubdomains: kind === 'domain',
      address: kind === 'host' ? value! : null,
      validFrom: waits ? '2024-04-20' : '2023-01-01',
      claimedBy: 'sample',
      claimedByName: 'Dữ liệu mẫu',
      claimedAt: waits ? '2024-04-22T03:00:00.000Z' : '2024-01-10T03:00:00.000Z',
    };
  });
  const desk = await sampleCtx(house, overseer, '2024-01-15T09:00:00+07:00');
  for (const [organisation, its] of Map.groupBy(rows, (row) => row.organisation))
    await inTransaction(await sampleCtx(house, organisation, '2024-01-10T10:00:00+07:00'), (tx) => tx.insert(assets).values(its));
  await approveAssets(desk, { ids: rows.filter((_, at) => SAMPLE_REGISTER[at]!.waits !== true).map(({ id }) => id) });
}
