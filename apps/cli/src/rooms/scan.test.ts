import { execFile, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
let directory = '';
const at = (name: string): string => join(directory, name);

const RULE = `title: Lệnh lạ
id: 00000000-0000-4000-8000-000000000001
author: A. Tester
level: high
logsource: {category: process_creation, product: windows}
detection:
  selection: {CommandLine|contains: evil}
  condition: selection
`;
const LOW = RULE.replace('000000000001', '000000000002').replace('level: high', 'level: low').replace('Lệnh lạ', 'Mọi tiến trình').replace('evil', '.exe'); // prettier-ignore
const BROKEN = RULE.replace('000000000001', '000000000003').replace('condition: selection', 'condition: selection and (');

function event(record: number, command: string, computer = 'PC1'): object {
  const time = `2026-11-23T07:00:${String(record % 60).padStart(2, '0')}.500Z`;
  const system = {
    Provider: { '#attributes': { Name: 'Microsoft-Windows-Sysmon' } },
    EventID: 1,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Computer: computer,
    EventRecordID: record,
    TimeCreated: { '#attributes': { SystemTime: time } },
  };
  return { Event: { System: system, EventData: { CommandLine: command, Image: 'C:\\x.exe' } } };
}

const lines = (...events: readonly object[]): string => events.map((one) => JSON.stringify(one)).join('\n');

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vonggac-scan-test-'));
  for (const folder of ['rules', 'logs', 'logs/máy', 'many', 'empty']) await mkdir(at(folder));
  await writeFile(at('rules/high.yml'), RULE);
  await writeFile(at('rules/low.yaml'), LOW);
  await writeFile(at('broken.yml'), `${RULE}---\n${BROKEN}`);
  await writeFile(at('rules.zip'), zipSync({ 'sigma/high.yml': Buffer.from(RULE), 'sigma/readme.md': Buffer.from('no rule') }));
  await writeFile(at('logs/b.jsonl'), `${lines(event(1, 'evil.exe'), event(2, 'good.exe'))}\n{"Event":\n${lines(event(3, 'an EVIL.exe'))}`);
  await writeFile(at('logs/a.json'), JSON.stringify([event(4, 'evil.exe')], null, 2));
  await writeFile(at('logs/máy/c.json.gz'), gzipSync(lines(event(5, 'evil.exe'))));
  await writeFile(at('logs/notes.txt'), lines(event(6, 'evil.exe')));
  for (let file = 0; file < 12; file++) {
    const events = Array.from({ length: 40 * (12 - file) }, (_, i) => event(i, `evil ${file}.exe`));
    await writeFile(at(`many/${String(file).padStart(2, '0')}.jsonl`), lines(...events));
  }
});

afterAll(() => rm(directory, { recursive: true, force: true }));

type Ended = { code: number; out: string; err: string };

function run(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, 'scan', ...args], { cwd: directory, maxBuffer: 2 ** 27 }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

type Hit = { rule_id: string; file: string; record_id: number };
const hitsOf = (out: string): Hit[] => out.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Hit); // prettier-ignore

test('one JSON hit a line, by file and record, with the file relative to the path given', async () => {
  const { code, out, err } = await run('--rules', 'rules', '--min-level', 'medium', '--json', 'logs');
  expect(code).toBe(0);
  expect(hitsOf(out).map(({ file, record_id }) => [file, record_id])).toEqual([
    ['a.json', 4],
    ['b.jsonl', 1],
    ['b.jsonl', 3],
    ['máy/c.json.gz', 5],
  ]);
  expect(JSON.parse(out.split('\n')[0]!)).toEqual({
    rule_id: '00000000-0000-4000-8000-000000000001',
    rule: 'Lệnh lạ',
    level: 'high',
    file: 'a.json',
    record_id: 4,
    time: '2026-11-23T07:00:04.500Z',
    computer: 'PC1',
    channel: 'Microsoft-Windows-Sysmon/Operational',
    matched: { CommandLine: 'evil.exe' },
  });
  expect(err).toContain('b.jsonl:3: không phải một sự kiện JSON / not an event in JSON');
  expect(err).toMatch(/5\s+sự kiện \/ events/u);
  expect(err).toMatch(/1\s+phần hỏng/u);
});

test('the same hits in the same order with any number of threads', async () => {
  const [one, three] = await Promise.all(['1', '3'].map((jobs) => run('--rules', 'rules', '--json', '--jobs', jobs, 'many')));
  expect(hitsOf(one!.out).length).toBe(2 * 40 * 78);
  expect(three!.out).toBe(one!.out);
});

test('single files, a zip of rules, standard input, exit codes', async () => {
  const file = await run('--rules', 'rules.zip', '--fail-on', 'high', '--json', 'logs/notes.txt');
  expect([file.code, hitsOf(file.out).map((hit) => hit.file)]).toEqual([1, ['notes.txt']]);
  const critical = await run('--rules', 'rules', '--fail-on', 'critical', '--summary', 'logs');
  expect([critical.code, critical.err.includes('not an event')]).toEqual([0, true]);
  expect(critical.out).toMatch(/4\s+high {11}Lệnh lạ \(A\. Tester\)/u);

  const child = spawn(process.execPath, [MAIN, 'scan', '--rules', at('rules'), '--json', '--jobs', '4', '-']);
  child.stdin.end(`${lines(event(7, 'evil'))}\n`);
  let out = '';
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  expect(hitsOf(out)).toMatchObject([{ file: '-', record_id: 7 }]);
});

test('a table for people, and CSV that no office program runs', async () => {
  const table = await run('--rules', 'rules/high.yml', 'logs');
  expect(table.out).toContain('2026-11-23 07:00:04  high           Lệnh lạ  [PC1]  a.json #4\n');
  await writeFile(at('=cmd.jsonl'), lines(event(8, 'evil "x", y', '=1+1')));
  const { out } = await run('--rules', 'rules/high.yml', '--csv', at('=cmd.jsonl'));
  const [header, row] = out.split('\r\n');
  expect(header).toBe('time,level,rule,rule_id,author,computer,channel,file,record_id,matched');
  expect(row).toContain(`,A. Tester,'=1+1,Microsoft-Windows-Sysmon/Operational,'=cmd.jsonl,8,`);
  expect(row).toContain(String.raw`"{""CommandLine"":""evil \""x\"", y""}"`);
});

test('a rule that cannot be used is told with file and line, and costs no other', async () => {
  const { code, out, err } = await run('--rules', 'broken.yml', '--json', 'logs/a.json');
  expect([code, hitsOf(out).length]).toEqual([0, 1]);
  expect(err).toMatch(/broken\.yml:\d+: luật không dùng được/u);
  expect(err).toMatch(/1\s+luật không dùng được/u);
});

test('what cannot be done is code 2, with the reason', async () => {
  await writeFile(at('empty/only.yml'), BROKEN);
  for (const [args, said] of [
    [['logs'], 'Thiếu --rules'],
    [['--rules', 'rules'], 'Thiếu tệp'],
    [['--rules', 'rules', '--wrong', 'logs'], "Unknown option '--wrong'"],
    [['--rules', 'rules', '--min-level', 'worst', 'logs'], 'informational, low'],
    [['--rules', 'rules', '--json', '--csv', 'logs'], 'Chỉ một trong'],
    [['--rules', 'rules', '--jobs', '0', 'logs'], '--jobs'],
    [['--rules', 'rules', '--logsource', 'colour=red', 'logs'], '--logsource'],
    [['--rules', 'nowhere', 'logs'], 'nowhere: không đọc được (ENOENT)'],
    [['--rules', 'rules', 'nowhere'], 'nowhere: không đọc được (ENOENT)'],
    [['--rules', 'rules', 'rules'], 'không có tệp .evtx'],
    [['--rules', 'empty', 'logs'], 'không có luật nào'],
    [['--rules', 'rules', '--mapping', 'logs/a.json', 'logs'], '--mapping'],
    [['--rules', 'rules', '--timeline', 'nowhere/t.html', 'logs'], 'nowhere/t.html'],
  ] as const) {
    const { code, out, err } = await run(...args);
    expect({ args, code, out, isSaid: err.includes(said) }).toEqual({ args, code: 2, out: '', isSaid: true });
  }
});

test('files that are none, and packed ones that break off, are told and end nothing', async () => {
  await writeFile(at('broken.evtx'), Buffer.from('ElfFile\0 and no more'));
  await writeFile(at('cut.json.gz'), gzipSync(lines(...Array.from({ length: 2000 }, (_, i) => event(i, 'evil')))).subarray(0, -40));
  const { code, out, err } = await run('--rules', 'rules/high.yml', '--json', at('broken.evtx'), at('cut.json.gz'), at('logs/a.json'));
  expect(code).toBe(0);
  expect(hitsOf(out).at(-1)).toMatchObject({ file: 'a.json' });
  expect(hitsOf(out).length).toBeGreaterThan(1000);
  expect(err).toMatch(/broken\.evtx: .*không đọc được|broken\.evtx: phần hỏng/u);
  expect(err).toMatch(/cut\.json\.gz: không đọc tiếp được/u);
});

const CORRELATION = `title: Nhiều lệnh lạ
id: 00000000-0000-4000-8000-00000000000c
level: critical
correlation:
  type: event_count
  rules: [00000000-0000-4000-8000-000000000001]
  group-by: [Computer]
  timespan: 10s
  condition: {gte: 3}
`;

test('a correlation goes by time over all files; hits of its base rules are shown only where it generates', async () => {
  await mkdir(at('pairs'));
  await writeFile(at('correlation.yml'), `${RULE}---\n${CORRELATION}`);
  await writeFile(at('generates.yml'), `${RULE}---\n${CORRELATION}  generate: true\n`);
  await writeFile(at('pairs/a.jsonl'), lines(event(30, 'evil'), event(5, 'evil'), event(7, 'evil', 'PC2'), event(8, 'evil', 'PC2')));
  await writeFile(at('pairs/b.jsonl'), lines(event(9, 'evil'), event(1, 'evil'), event(31, 'evil')));
  for (const jobs of ['1', '2']) {
    const { out, err } = await run('--rules', 'correlation.yml', '--json', '--jobs', jobs, 'pairs');
    expect(out.split('\n').filter(Boolean).map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        rule_id: '00000000-0000-4000-8000-00000000000c',
        rule: 'Nhiều lệnh lạ',
        level: 'critical',
        file: 'b.jsonl',
        record_id: 9,
        time: '2026-11-23T07:00:09.500Z',
        computer: 'PC1',
        channel: 'Microsoft-Windows-Sysmon/Operational',
        matched: { Computer: 'PC1' },
      },
    ]); // prettier-ignore
    expect(err).toMatch(/7\s+kết quả đưa vào tương quan/u);
    const generated = await run('--rules', 'generates.yml', '--json', '--jobs', jobs, '--timeline', at('c.html'), 'pairs');
    expect(hitsOf(generated.out).map((hit) => hit.record_id)).toEqual([30, 5, 7, 8, 9, 1, 31, 9]);
  }
  const critical = await run('--rules', 'correlation.yml', '--json', '--min-level', 'critical', '--fail-on', 'critical', 'pairs');
  expect([critical.code, hitsOf(critical.out).length]).toEqual([1, 1]);
});

test('a pipeline gives placeholders their values; --logsource says what events do not', async () => {
  await writeFile(at('expand.yml'), RULE.replace('CommandLine|contains: evil', 'User|expand: "%admins%"').replace('product: windows', 'product: linux')); // prettier-ignore
  await writeFile(at('pipeline.yml'), 'placeholders: {admins: [root, an]}\n');
  await writeFile(at('own.jsonl'), lines({ User: 'root' }, { User: 'bình' }, { User: 'AN' }));
  const told = ['--logsource', 'product=linux,category=process_creation', '--json', 'own.jsonl'];
  const unbound = await run('--rules', 'expand.yml', ...told);
  expect([unbound.out, unbound.err.includes('%admins%')]).toEqual(['', true]);
  const bound = await run('--rules', 'expand.yml', '--pipeline', 'pipeline.yml', ...told);
  expect(hitsOf(bound.out).map((hit) => hit.record_id)).toEqual([1, 3]);
  const untold = await run('--rules', 'expand.yml', '--pipeline', 'pipeline.yml', '--json', 'own.jsonl');
  expect(untold.out).toBe('');
  expect(untold.err).toMatch(/3\s+sự kiện không rõ nguồn nhật ký/u);
});

test('ends quietly when nobody reads on', async () => {
  const child = spawn(process.execPath, [MAIN, 'scan', '--rules', at('rules'), '--json', ...Array.from({ length: 40 }, () => at('many'))]);
  let err = '';
  child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString()));
  child.stdout.once('data', () => child.stdout.destroy());
  expect([await new Promise((resolve) => child.once('close', resolve)), err]).toEqual([2, '']);
});

test.each(['1', '2'])('Ctrl+C ends it with the summary so far, --jobs %s', async (jobs) => {
  const child = spawn(process.execPath, [MAIN, 'scan', '--rules', at('rules'), '--json', '--jobs', jobs, ...Array.from({ length: 300 }, () => at('many'))]); // prettier-ignore
  let err = '';
  child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString()));
  child.stdout.once('data', () => child.kill('SIGINT'));
  child.stdout.resume();
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(130);
  expect(err).toContain('Dừng giữa chừng');
  expect(Number(/([\d.]+) {2}kết quả \/ hits/u.exec(err)?.[1]?.replaceAll('.', ''))).toBeLessThan(300 * 2 * 40 * 78);
});

test('leaves nothing behind: no part of a timeline, no temporary file', async () => {
  await run('--rules', 'rules', '--summary', '--timeline', at('t.html'), 'logs');
  expect(readdirSync(directory).filter((name) => name.startsWith('t.html'))).toEqual(['t.html']);
  const html = readFileSync(at('t.html'), 'utf8');
  expect(html).toContain(`default-src 'none'`);
  expect(html.match(/<script/gu)?.length).toBe(3);
});
