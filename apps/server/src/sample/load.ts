import { conflict, fold, newId } from '@vonggac/kernel';
import { memberships } from '@vonggac/rooms/access';
import { record } from '@vonggac/rooms/audit';
import {
  contacts,
  groupMembers,
  groups,
  organisationNames,
  organisationParents,
  organisations,
  supervisions,
} from '@vonggac/rooms/organisations';
import { type Ctx, inTransaction, settings, type Tx } from '@vonggac/store';
import type { House } from '../house.ts';
import { playSample } from './acts.ts';
import { SAMPLE_NOW } from './clock.ts';
import type { SampleIds } from './ctx.ts';
import { inOneTransaction } from './one-transaction.ts';
import { playLists } from './lists.ts';
import { ATTT_HANDED_OVER, SAMPLE_GROUPS, SAMPLE_ORGANISATIONS } from './organisations.ts';
import { putRegister } from './register.ts';

/**
 * Puts in the sample province and plays the first days of its directive, all in one transaction: what fails midway leaves nothing, and
 * can be tried again. The clock stands at 26/4/2024 from then on, and the administrator gets a role on every side, to look at all of them.
 * @throws DomainError `sample.not_empty`
 */
export async function loadSample(house: House, admin: Ctx): Promise<void> {
  await inOneTransaction(house.stores.pool, (pool) => load({ ...house, stores: { ...house.stores, pool } }, admin));
  house.clock.hold();
}

async function load(house: House, admin: Ctx): Promise<void> {
  const ids: SampleIds = new Map(SAMPLE_ORGANISATIONS.map((one) => [one.key, newId()]));
  const all = [...admin.scope.organisations, ...ids.values()];
  const ctx: Ctx = { ...admin, stores: house.stores, scope: { ...admin.scope, organisations: all, directory: all } };
  await inTransaction(ctx, async (tx) => {
    const claimed = await tx
      .insert(settings)
      .values({ key: 'root', value: ids.get('ubnd')! })
      .onConflictDoNothing()
      .returning();
    if (claimed.length === 0)
      throw conflict('sample.not_empty', {
        vi: 'Hệ thống đã có dữ liệu nên không nạp được tỉnh mẫu.',
        en: 'The system already has data; the sample cannot be loaded.',
      });
    await tx.insert(settings).values({ key: 'sample', value: SAMPLE_NOW });
    await putOrganisations(tx, ids);
    await putGroups(tx, ids);
    await putContacts(tx, ids);
    await putRoles(tx, admin, ids);
    await record(tx, ctx, { action: 'sample.loaded', subject: { kind: 'organisation', id: ids.get('ubnd')! } });
  });
  await putRegister(house, ids);
  const { directive } = await playSample(house, ids);
  await playLists(house, ids, directive);
}

async function putOrganisations(tx: Tx, ids: SampleIds): Promise<void> {
  await tx.insert(organisations).values(
    SAMPLE_ORGANISATIONS.map((one) => ({
      id: ids.get(one.key)!,
      kind: one.kind,
      name: one.name,
      folded: fold(one.name),
      shortName: one.shortName ?? null,
      existsTo: one.existsTo ?? null,
    })),
  );
  await tx.insert(organisationNames).values(
    SAMPLE_ORGANISATIONS.flatMap((one) => [
      { id: newId(), organisation: ids.get(one.key)!, kind: 'official' as const, name: one.name, folded: fold(one.name) },
      ...(one.aliases ?? []).map((alias) => ({
        id: newId(),
        organisation: ids.get(one.key)!,
        kind: 'alias' as const,
        name: alias,
        folded: fold(alias),
      })),
    ]),
  );
  await tx.insert(organisationParents).values(
    SAMPLE_ORGANISATIONS.flatMap((one) =>
      (one.parents ?? []).map(([parent, validFrom, validTo]) => ({
        id: newId(),
        organisation: ids.get(one.key)!,
        parent: ids.get(parent)!,
        validFrom,
        validTo,
      })),
    ),
  );
  const field = 'an toàn thông tin mạng';
  await tx.insert(supervisions).values(
    SAMPLE_ORGANISATIONS.filter((one) => one.supervised).flatMap((one) => [
      { id: newId(), supervisor: ids.get('sotttt')!, organisation: ids.get(one.key)!, field, validFrom: null, validTo: ATTT_HANDED_OVER },
      { id: newId(), supervisor: ids.get('congan')!, organisation: ids.get(one.key)!, field, validFrom: ATTT_HANDED_OVER, validTo: null },
    ]),
  );
}

async function putGroups(tx: Tx, ids: SampleIds): Promise<void> {
  for (const group of SAMPLE_GROUPS) {
    const id = newId();
    const keeper = ids.get('sotttt')!;
    await tx
      .insert(groups)
      .values({ id, organisation: keeper, name: group.name, folded: fold(group.name), validFrom: group.from, validTo: group.to });
    const members = SAMPLE_ORGANISATIONS.filter(group.members);
    await tx
      .insert(groupMembers)
      .values(members.map((one) => ({ group: id, organisation: keeper, member: ids.get(one.key)!, validFrom: null, validTo: null })));
  }
}

/** Every third organisation is late to confirm, every seventh has no duty number: a register as registers are. */
async function putContacts(tx: Tx, ids: SampleIds): Promise<void> {
  const supervised = SAMPLE_ORGANISATIONS.filter((one) => one.supervised);
  const rows = supervised.flatMap((one, i) => {
    const confirmedAt = i % 3 === 2 ? '2023-12-20T03:00:00.000Z' : '2024-04-10T03:00:00.000Z';
    const base = { organisation: ids.get(one.key)!, validFrom: '2023-01-01', confirmedAt, confirmedBy: 'Dữ liệu mẫu' };
    const number = String(100 + i).padStart(4, '0');
    const focal = {
      ...base,
      id: newId(),
      role: 'focal' as const,
      position: 'Cán bộ đầu mối',
      phones: [`+842400000${number.slice(1)}`],
      emails: [`dau-moi-${i}@mau.example`],
    };
    const duty = {
      ...base,
      id: newId(),
      role: 'duty' as const,
      position: 'Trực ban',
      phones: [`+842400001${number.slice(1)}`],
      emails: [],
      hotline: one.kind === 'operator',
    };
    return i % 7 === 6 ? [focal] : [focal, duty];
  });
  await tx.insert(contacts).values(rows);
}

async function putRoles(tx: Tx, admin: Ctx, ids: SampleIds): Promise<void> {
  if (admin.actor.kind !== 'person') return;
  const person = admin.actor.id;
  const held = [
    ['sotttt', 'desk'],
    ['sotttt', 'leader'],
    ['ubnd', 'administrator'],
    ['soyte', 'officer'],
    ['dongha', 'officer'],
    ['vienthong', 'operator'],
    ['ubnd', 'auditor'],
  ] as const;
  await tx
    .insert(memberships)
    .values(held.map(([key, role]) => ({ id: newId(), person, organisation: ids.get(key)!, role, validFrom: '2024-01-01' })));
}
