import { type Ctx, inSnapshot } from '@vonggac/store';
import { may } from '../access/index.ts';
import { attachedFile, directiveHead, sourceFile } from '../directives/index.ts';
import { type Uploaded, uploadList } from './upload.ts';

/**
 * Offers what came with a directive as a list: the file that it was read from, with the tables in it, or a file of its edXML
 * message. Nothing of it is in force yet.
 * @throws DomainError `access.role`, `file.not_found`, `feeds.…`, or as if the directive did not exist
 */
export async function uploadAnnex(ctx: Ctx, directive: string, { position }: { position: number | null }): Promise<Uploaded> {
  may(ctx, 'lists:write');
  const file = position === null ? await ownFile(ctx, directive) : await attachedFile(ctx, directive, position);
  const head = (await inSnapshot(ctx, (tx) => directiveHead(tx, [directive]))).get(directive)!;
  const title = [head.code, head.subject].filter((part) => part !== null && part !== '').join(' – ');
  return uploadList(ctx, { ...file, sender: head.issuerName ?? title, title: title.slice(0, 300), directive });
}

async function ownFile(ctx: Ctx, directive: string): Promise<{ name: string; content: Uint8Array }> {
  const { sha256, name } = await sourceFile(ctx, directive);
  return { name, content: await ctx.stores.files.bytes(sha256) };
}
