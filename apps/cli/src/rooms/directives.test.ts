import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeEdxmlDocument, writeEdxmlStatus } from '@vonggac/congvan/edxml';
import { afterAll, beforeAll, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const HEAD = 'UBND TỈNH MINH HỌA\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 7/UBND-VP\nV/v việc riêng\nMinh Họa, ngày 05 tháng 5 năm 2024\n';
let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vonggac-directive-'));
  await writeFile(join(directory, 'letter.txt'), `\ufeff${HEAD}Kính gửi: Các sở.\n\n1. Rà soát trước ngày 10/5/2024.\n`);
  await writeFile(join(directory, 'secret.txt'), `${HEAD}TỐI MẬT\nKính gửi: Các sở.\n\n1. Rà soát.\n`);
});

afterAll(() => rm(directory, { recursive: true, force: true }));

function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, 'directive', 'read', ...args], (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

test('reads one file', async () => {
  const { code, out, err } = await run(join(directory, 'letter.txt'), '--json');
  expect([code, err]).toEqual([0, '']);
  expect(JSON.parse(out)).toMatchObject({ code: '7/UBND-VP', requirements: [{ path: '1', deadlines: [{ due: '2024-05-10' }] }] });
});

test('reads the others where one cannot be read, in the order given', async () => {
  const files = ['missing.txt', 'letter.txt', 'secret.txt'].map((name) => join(directory, name));
  const { code, out, err } = await run('--json', ...files);
  const lines = out.trim().split('\n').map((line) => JSON.parse(line) as { file: string; kind: string | null; secrecy: string | null; warnings: { code: string }[] }); // prettier-ignore
  expect(code).toBe(1);
  expect(lines.map((line) => line.file)).toEqual(files);
  expect(lines.map((line) => line.kind)).toEqual([null, 'cong-van', null]);
  expect(lines[0]?.warnings.map((one) => one.code)).toEqual(['file-not-readable']);
  expect(lines[2]).toMatchObject({ secrecy: 'toi-mat', warnings: [{ code: 'secret-document' }] });
  for (const text of [out.split('\n')[2] ?? '', err]) expect(text).not.toContain('việc riêng');
  expect(err).toContain('Không mở được tệp');
});

test('prints a summary in Vietnamese', async () => {
  const { code, out } = await run(join(directory, 'letter.txt'));
  expect(code).toBe(0);
  expect(out).toContain('Công văn 7/UBND-VP, Minh Họa, ngày 5 tháng 5 năm 2024');
});

test('reads an edXML message with its document, and tells a status from it', async () => {
  const from = { id: 'H99.10', name: 'Văn phòng Minh Họa' };
  const responseFor = { organisation: 'H99', code: '7/UBND-VP', day: '2024-05-05', documentId: null };
  const bytes = new TextEncoder().encode(`${HEAD}Kính gửi: Các sở.\n\n1. Rà soát trước ngày 10/5/2024.\n`);
  await writeFile(
    join(directory, 'den.edxml'),
    writeEdxmlDocument({
      from,
      to: [],
      documentId: 'H99.10,2024/05/05,8/UBND-VP',
      number: '8',
      symbol: 'UBND-VP',
      place: null,
      day: '2024-05-05',
      kind: { code: null, name: 'Công văn' },
      subject: 'V/v việc riêng',
      content: null,
      signer: { authority: null, title: null, name: null },
      due: null,
      places: [],
      priority: 3,
      pages: null,
      responseFor: [],
      isSteering: false,
      business: { type: 'new', reason: null, concerns: [], staff: null },
      trace: [],
      attachments: [{ name: 'van-ban.txt', contentType: 'text/plain', description: null, bytes }],
      signature: null,
    }),
  );
  await writeFile(
    join(directory, 'status.edxml'),
    writeEdxmlStatus({ from, responseFor, staff: null, code: '03', description: null, at: null }),
  );
  const { code, out } = await run(join(directory, 'den.edxml'), join(directory, 'status.edxml'), '--json');
  const [document, status] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { warnings: { code: string; message: string }[] });
  expect(code).toBe(1);
  expect(document).toMatchObject({ code: '8/UBND-VP', urgency: 'hoa-toc', requirements: [{ path: '1' }] });
  expect(document!.warnings.find((one) => one.code === 'edxml-differs')!.message).toContain('“7/UBND-VP”');
  expect(status!.warnings.map((one) => one.code)).toEqual(['edxml-status']);
});
