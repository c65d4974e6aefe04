import { shownDay, shownInstant, type Text } from '@vonggac/kernel';
import type { Measure } from '@vonggac/store';
import { callsOf, type CallSum, countCalls } from './calls-of.ts';
import { type CallResult, stateOfCalls } from './model.ts';

export const RESULT_TEXT: Record<CallResult, Text> = {
  'picked-up': { vi: 'có người nghe máy', en: 'picked up' },
  'not-picked-up': { vi: 'không có người nghe máy', en: 'not picked up' },
  'wrong-number': { vi: 'sai số', en: 'wrong number' },
};

const moment = (at: string) => shownInstant(Temporal.Instant.from(at));

/** Rows of one organisation that a screen shows. */
const SHOWN = 1000;

/** Check calls that were picked up within the time of the directive; the last call decides. */
export const dutyCallsPickedUp: Measure = {
  id: 'duty.calls',
  name: { vi: 'Gọi kiểm tra trực: có người nghe máy', en: 'Check calls to the duty picked up' },
  unit: { vi: 'cuộc gọi', en: 'calls' },
  proposes: (text) => /24\/7|ung truc|truc ban|che do truc|phan cong.{0,40}truc|duong day nong/.test(text),
  async compute(tx, ctx, organisations, window) {
    const calls = await countCalls(tx, organisations, { window, day: ctx.scope.day });
    return organisations.map((organisation) => {
      const found = calls.get(organisation) ?? { calls: 0, pickedUp: 0, last: null, lastAt: null };
      const counted = found.calls > 0;
      return {
        organisation,
        state: stateOfCalls(found),
        value: counted ? found.pickedUp : null,
        of: counted ? found.calls : null,
        target: Math.max(1, found.calls),
        text: window.from !== null && window.from > ctx.scope.day ? notBegun(window.from) : textOf(found),
      };
    });
  },
  async rows(tx, ctx, organisation, window) {
    const found = (await callsOf(tx, [organisation], { window, day: ctx.scope.day, limit: SHOWN })).get(organisation);
    return (found ?? []).map(({ id, result, at, by, note }) => ({
      id,
      at,
      subject: { kind: 'duty-call', id },
      text: {
        vi: [RESULT_TEXT[result].vi, by, note].filter(Boolean).join(' · '),
        en: [RESULT_TEXT[result].en, by, note].filter(Boolean).join(' · '),
      },
    }));
  },
};

const notBegun = (from: string): Text => ({
  vi: `Đợt này bắt đầu từ ngày ${shownDay(from)}; chưa có cuộc gọi nào được tính.`,
  en: `This time begins on ${shownDay(from)}; no call counts yet.`,
});

function textOf({ calls, pickedUp, last, lastAt }: CallSum): Text {
  if (last === null || lastAt === null) return { vi: 'Chưa gọi kiểm tra trong đợt này.', en: 'Nobody has called within this time.' };
  const at = moment(lastAt);
  return {
    vi: `${pickedUp}/${calls} cuộc gọi có người nghe máy; lần gần nhất lúc ${at}: ${RESULT_TEXT[last].vi}.`,
    en: `${pickedUp}/${calls} calls were picked up; the last one at ${at}: ${RESULT_TEXT[last].en}.`,
  };
}
