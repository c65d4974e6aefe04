import { fold, newId } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { directives, requirements } from '../directives/index.ts';
import { assignTasks } from './assign-tasks.ts';

export type Issued = { directive: string; requirements: string[] };

/** For tests: a directive of the actor's organisation, issued to `receivers` with one requirement for each of `dues` (null: no date). */
export async function issueForTest(ctx: Ctx, receivers: readonly string[], dues: readonly (string | null)[]): Promise<Issued> {
  const directive = newId();
  const ids = dues.map(() => newId());
  const subject = 'V/v tăng cường bảo đảm an toàn thông tin mạng dịp lễ';
  const organisation = ctx.actor.organisation;
  await inTransaction(ctx, async (tx) => {
    await tx.insert(directives).values({
      id: directive, organisation, overseer: organisation, status: 'issued', kind: 'cong-van', number: '12', symbol: 'STTTT-CNBCVT', code: `${directive.slice(-6)}/STTTT-CNBCVT`,
      year: 2024, day: '2024-04-20', subject, folded: fold(subject), signer: { authority: null, title: 'GIÁM ĐỐC', name: null }, text: subject,
      reading: { spans: [], date: { year: 2024, month: 4, day: 20 }, copies: [], contacts: [], attachments: [], warnings: [] }, writtenBy: 'test', issuedAt: '2024-04-20T08:00:00+07:00',
    });
    await tx.insert(requirements).values(dues.map((due, at) => ({ id: ids[at]!, directive, position: at, path: `1.${'abcdeghiklmn'[at] ?? at}`, text: `Nội dung ${at + 1}`, due })));
    await assignTasks(tx, ctx, {
      name: 'directives.issued', directive, overseer: organisation, receivers: [...receivers],
      assignments: receivers.flatMap((receiver) => ids.map((requirement) => ({ requirement, organisation: receiver }))),
    });
  });
  return { directive, requirements: ids };
}
