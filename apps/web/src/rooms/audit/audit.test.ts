import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACTIONS, knownAction } from './actions.ts';
import { changesOf, instantsOf } from './changes.ts';

describe('before and after', () => {
  it('shows only what differs', () => {
    expect(changesOf({ name: 'Sở A', code: 1 }, { name: 'Sở B', code: 1 })).toEqual([{ key: 'name', before: 'Sở A', after: 'Sở B' }]);
  });
  it('shows the whole of one side', () => {
    expect(changesOf(null, { role: 'desk' })).toEqual([{ key: 'role', before: undefined, after: 'desk' }]);
    expect(changesOf({ role: 'desk' }, null)).toEqual([{ key: 'role', before: 'desk', after: undefined }]);
  });
  it('has nothing to show where nothing was written', () => {
    expect(changesOf(null, null)).toEqual([]);
    expect(changesOf(null, ['a'])).toEqual([{ key: '', before: undefined, after: ['a'] }]);
  });
});

describe('a range of days', () => {
  it('holds the whole of its last day', () => {
    expect(instantsOf('2024-04-26', '2024-04-26')).toEqual({ from: '2024-04-26T00:00:00+07:00', to: '2024-04-26T23:59:59.999+07:00' });
    expect(instantsOf('', '')).toEqual({});
  });
});

describe('acts', () => {
  it('have a name in both languages', () => {
    for (const language of ['vi', 'en']) {
      const messages = JSON.parse(readFileSync(join(import.meta.dirname, `messages.${language}.json`), 'utf8')) as {
        action: Record<string, Record<string, string>>;
        room: Record<string, string>;
      };
      for (const [room, verbs] of Object.entries(ACTIONS)) {
        expect(messages.room[room], room).toBeTruthy();
        for (const verb of verbs) expect(messages.action[room]?.[verb], `${room}.${verb}`).toBeTruthy();
      }
    }
  });
  it('that are not known keep their own name', () => {
    expect(knownAction('identity.signed_in')).toEqual({ room: 'identity', verb: 'signed_in' });
    expect(knownAction('identity.teleported')).toBeNull();
    expect(knownAction('toString')).toBeNull();
  });
});
