import { newId } from '@vonggac/kernel';
import {
  addFindingFile,
  answerFindings,
  finishList,
  foldRows,
  issueFindingSheets,
  listFindings,
  uploadSheetFile,
} from '@vonggac/rooms/findings';
import { type Ctx, inTransaction } from '@vonggac/store';

/**
 * A machine of an agency in a list of who oversees it, on a sheet that went out and came back, with a file and disputed.
 * @param told marks: list, family, machine, file, note, sheet
 */
export async function seedFinding({
  desk,
  officer,
  told,
  keys,
}: {
  desk: Ctx;
  officer: Ctx;
  told: string[];
  /** The directory of keys. */
  keys: string;
}): Promise<{ finding: string; file: string; sheetFile: string; sheet: Uint8Array }> {
  const [title, family, machine, name, note, sheetName] = told as [string, string, string, string, string, string];
  const [{ organisation }, target] = [desk.actor, officer.actor.organisation];
  const list = {
    id: newId(),
    organisation,
    sender: newId(),
    senderName: `Nơi gửi ${title}`,
    title,
    families: null,
    coversFrom: '2024-04-01T00:00:00.000Z',
    coversTo: '2024-04-20T00:00:00.000Z',
    directive: null,
    requirement: null,
    due: null,
    exercise: null,
  };
  const unknown = {
    address: null,
    port: null,
    domain: null,
    privateAddress: null,
    mac: null,
    asset: null,
    network: null,
    usage: null,
    level: null,
  };
  const row = {
    row: 1,
    key: newId().replaceAll('-', ''),
    isSame: false,
    seenAt: '2024-04-10T00:00:00.000Z',
    isTimed: true,
    ...unknown,
    machineKey: `host:${machine}`,
    family,
    machine,
    target,
    matchedBy: 'machine' as const,
  };
  await inTransaction(desk, async (tx) => {
    await foldRows(tx, desk, { name: 'intelligence.rows-matched', list, rows: [row], counts: { findingsNew: 0, findingsAgain: 0 } });
    await finishList(tx, desk, { name: 'intelligence.list-finished', list });
  });
  const found = await listFindings(officer, { side: 'own', organisation: target, state: 'open', sort: 'work', page: 1, size: 1 });
  const finding = found.items[0]!.id;
  const { id: file } = await addFindingFile(officer, finding, { name: `${name}.txt`, content: new TextEncoder().encode(name) });
  const { content: sheet } = await issueFindingSheets(desk, keys, { organisations: [target] });
  const { id: sheetFile } = await uploadSheetFile(desk, keys, { name: `${sheetName}.xlsx`, content: sheet });
  await answerFindings(officer, { ids: [finding], answer: 'disputed', note });
  return { finding, file, sheetFile, sheet };
}
