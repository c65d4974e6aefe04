import { inTransaction } from '@vonggac/store';

export async function changeUnseen(ctx: never): Promise<void> {
  await inTransaction(ctx, async () => {});
}
