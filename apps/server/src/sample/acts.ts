import { correctDraft, getDirective, issueDirective, readDraft } from '@vonggac/rooms/directives';
import { logCall } from '@vonggac/rooms/duty';
import { acceptTasks, answerTasks, askForMore, getWork, openReceipt, receive, submitReport } from '@vonggac/rooms/tasks';
import type { House } from '../house.ts';
import { type SampleIds, sampleCtx } from './ctx.ts';
import { SAMPLE_DIRECTIVE, samplePdf } from './directive.ts';
import { SAMPLE_ORGANISATIONS } from './organisations.ts';

/** The story: read and issued on 22/4, received over two days, answered by some, accepted or sent back for more. */
export async function playSample(house: House, ids: SampleIds): Promise<{ directive: string }> {
  const overseer = ids.get('sotttt')!;
  const desk = await sampleCtx(house, overseer, '2024-04-22T09:00:00+07:00');
  const { id } = await readDraft(desk, { text: SAMPLE_DIRECTIVE });
  const read = await getDirective(desk, id);
  // The desk watches from the days before the holiday on.
  const draft = await correctDraft(desk, id, { version: read.version, head: { windowFrom: '2024-04-24', windowTo: '2024-05-01' } });
  await issueDirective(desk, id, {
    number: '415',
    day: '2024-04-22',
    version: draft.version,
    leaveUnresolved: false,
    file: { name: '415-STTTT-ATTT.pdf', bytes: samplePdf() },
  });
  const receivers = SAMPLE_ORGANISATIONS.filter((one) => one.supervised);
  for (const [i, one] of receivers.entries()) await workOn(house, { directive: id, organisation: ids.get(one.key)!, overseer }, i);
  await callSome(
    house,
    receivers.map((one) => ids.get(one.key)!),
    overseer,
  );
  return { directive: id };
}

/** Two evenings of check calls: most pick up, some do not, one number is wrong, a third of them was not called yet. */
async function callSome(house: House, organisations: readonly string[], overseer: string): Promise<void> {
  for (const [i, organisation] of organisations.entries()) {
    if (i % 3 === 1) continue;
    const desk = await sampleCtx(house, overseer, i % 2 === 0 ? '2024-04-24T21:30:00+07:00' : '2024-04-25T22:10:00+07:00');
    const result = i % 8 === 3 ? 'not-picked-up' : i === 14 ? 'wrong-number' : 'picked-up';
    await logCall(desk, { organisation, phone: '+842400001100', result });
  }
}

type Part = { directive: string; organisation: string; overseer: string };

/** What the i-th agency has done by the morning of 26/4. */
async function workOn(house: House, { overseer, ...part }: Part, i: number): Promise<void> {
  if (i % 6 === 5) return;
  const received = await sampleCtx(house, part.organisation, i % 4 === 3 ? '2024-04-23T10:15:00+07:00' : '2024-04-22T14:30:00+07:00');
  await openReceipt(received, part);
  if (i % 6 === 4) return;
  await receive(received, { ...part, number: String(120 + i), day: i % 4 === 3 ? '2024-04-23' : '2024-04-22' });
  if (i % 3 === 2) return;
  const working = await sampleCtx(house, part.organisation, '2024-04-24T15:00:00+07:00');
  const { items } = await getWork(working, part);
  const done = items.slice(0, i % 3 === 0 ? items.length : 2);
  await answerTasks(working, {
    ...part,
    items: done.map((item) => ({ task: item.task, answer: ANSWERS[item.position % ANSWERS.length]! })),
  });
  await submitReport(working, { ...part, tasks: done.map((item) => item.task) });
  const desk = await sampleCtx(house, overseer, '2024-04-25T09:20:00+07:00');
  if (i % 5 === 0) await acceptTasks(desk, { tasks: done.map((item) => item.task) });
  else if (i % 5 === 3) await askForMore(desk, { tasks: [done[0]!.task], reason: 'Chưa nêu số điện thoại trực ngoài giờ.' });
}

const ANSWERS = [
  'Đã phân công trực 24/7 từ ngày 27/4 đến hết ngày 01/5; số điện thoại trực đã cập nhật trên hệ thống.',
  'Đã cập nhật bản vá cho toàn bộ máy chủ; máy trạm hoàn thành 90%.',
  'Đã rà soát, không phát hiện kết nối tới địa chỉ trong danh sách cảnh báo.',
  'Đã rà soát phương án ứng cứu, phân công đầu mối.',
  'Đã gửi hướng dẫn tới toàn thể cán bộ qua thư công vụ.',
];
