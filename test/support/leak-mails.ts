import { grants } from '@vonggac/rooms/access';
import { type Delivered, deliverOutbox } from '@vonggac/rooms/notifications';
import { MAIL_DOMAIN, type Message } from './leak-mailbox.ts';
import { ask, type Caller } from './leak-tries.ts';
import { asOwner, type Worlds } from './leak-worlds.ts';

/** Who works on whose directive: whose mails may reach whom. */
export const WORKS_ON: Record<string, readonly string[]> = { sotttt: ['soyte', 'sogd'], fdesk: ['fagency'], soyte: ['benhvien'] };

export const mayRemind = ({ place, role }: Pick<Caller, 'place' | 'role'>): boolean =>
  place in WORKS_ON && grants(role).includes('directives:follow');

/** Sends what waits, as the house does. */
export async function deliver(worlds: Worlds): Promise<Delivered> {
  const { mailbox, house } = worlds;
  return deliverOutbox(await house.ctx({ name: 'mail' }), {
    smtp: `smtp://${mailbox.address}`,
    from: `Vọng Gác <vonggac@${MAIL_DOMAIN}>`,
    publicUrl: 'https://vg.example',
  });
}

/**
 * One caller asks for a mail about every directive of the worlds to every organisation of the worlds, one's own and strangers'
 * in one request. `mayFail`: the database raises where a verb would have refused. @returns how many were taken
 */
export async function askForMails(worlds: Worlds, caller: Caller, more: { mayFail?: boolean } = {}): Promise<number> {
  const organisations = Object.keys(worlds.owned).map((key) => worlds.places[key as keyof Worlds['places']]);
  let taken = 0;
  for (const desk of Object.keys(WORKS_ON)) {
    const answer = await ask(worlds, caller.cookie, {
      method: 'POST',
      path: `/directives/${worlds.owned[desk]!.ids['directive']![0]!}/reminders`,
      body: { way: 'mail', organisations, note: `mk-${desk}-note` },
    });
    if (answer.status === 200) taken++;
    else if (![403, 404].includes(answer.status) && !more.mayFail)
      throw new Error(`${caller.place}/${caller.role}: ${answer.status} ${await answer.text()}`);
  }
  return taken;
}

type Sent = { id: string; desk: string; receiver: string; roles: string[] };

/** What is wrong with the mails that came: a receiver who may not see, a sender who may not send, a word that is not the receiver's to read. */
export async function faultsOf(worlds: Worlds, messages: readonly Message[]): Promise<string[]> {
  const sent = await sentMails(worlds);
  return messages.flatMap((message) => {
    const id = /^<([^@]+)@/.exec(message.headers.get('message-id') ?? '')?.[1];
    const mail = sent.find((one) => one.id === id);
    return mail === undefined ? [`nobody asked for “${message.headers.get('subject')}”`] : faultsIn(worlds, message, mail);
  });
}

function faultsIn(worlds: Worlds, message: Message, { id, desk, receiver, roles }: Sent): string[] {
  const own = `mk-${receiver}-mail@${MAIL_DOMAIN}`;
  const faults = WORKS_ON[desk]?.includes(receiver) ? [] : [`${receiver} does not work on what ${desk} sent`];
  if (!roles.includes(desk)) faults.push(`who sent to ${receiver} has no right at ${desk}`);
  const named = ['to', 'cc', 'bcc', 'reply-to'].flatMap((name) => message.headers.get(name)?.match(/[^\s<>,]+@[^\s<>,]+/g) ?? []);
  for (const address of [...message.to, ...named]) if (address !== own) faults.push(`${address} got or reads what was for ${receiver}`);
  const said = [...[...message.headers].map(([name, value]) => `${name}: ${value}`), ...message.parts].join('\n').replaceAll(own, '');
  for (const [mark] of said.matchAll(/mk-[a-z]+-\w+/g)) faults.push(`${mark} stands in what was for ${receiver}`);
  for (const [key, name] of Object.entries(worlds.names)) if (said.includes(name)) faults.push(`${receiver} was told the name of ${key}`);
  const known = [id, worlds.owned[desk]!.ids['directive']![0]!, worlds.places[receiver as keyof Worlds['places']]];
  for (const [found] of said.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g))
    if (!known.includes(found)) faults.push(`${receiver} was told an id of others: ${found}`);
  return faults;
}

/** Every mail of the outbox: about whose directive, to whom, and where its sender holds a role that may remind. */
async function sentMails(worlds: Worlds): Promise<Sent[]> {
  const keyOf = new Map(Object.entries(worlds.places).map(([key, id]) => [id as string, key]));
  const mails = await asOwner(
    worlds,
    `select o.id, o.payload->>'organisation' as receiver, d.overseer, (select json_agg(m) from memberships m
       where m.person = (o.payload->>'person')::uuid and m.valid_to is null) as memberships
     from outbox o join directives d on d.id = (o.payload->>'directive')::uuid where o.kind = 'mail'`,
  );
  return mails.map((row) => {
    const { id, receiver, overseer, memberships } = row as Record<'id' | 'receiver' | 'overseer', string> & {
      memberships: { role: Caller['role']; organisation: string }[] | null;
    };
    const roles = (memberships ?? []).filter(({ role }) => grants(role).includes('directives:follow'));
    return { id, receiver: keyOf.get(receiver)!, desk: keyOf.get(overseer)!, roles: roles.map((one) => keyOf.get(one.organisation)!) };
  });
}
