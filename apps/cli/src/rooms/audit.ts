import { createInterface } from 'node:readline/promises';
import { DomainError, readConfig } from '@vonggac/kernel';
import { defineCommand } from 'citty';

type Finding = { kind: string; seq: number | null; row: string | null; text: { vi: string; en: string } };
type Verification = { rows: number; anchors: number; head: number; findings: Finding[] };

/** `vonggac audit verify [--offline]`: exit code 0 when the chain is whole, 1 when something is found, 2 when it could not be checked. */
export const auditVerify = defineCommand({
  meta: { name: 'verify', description: 'Kiểm tra chuỗi nhật ký với các mốc đã ký / verify the audit chain against its anchors' },
  args: {
    offline: { type: 'boolean', description: 'mở dữ liệu trực tiếp khi hệ thống đã dừng / open the data of a stopped system' },
    data: { type: 'string', description: 'thư mục dữ liệu / data directory (--offline)' },
    url: { type: 'string', description: 'địa chỉ hệ thống đang chạy / address of the running system', default: 'http://127.0.0.1:7400' },
    json: { type: 'boolean', description: 'in JSON / print JSON' },
  },
  async run({ args }) {
    try {
      const verification = args.offline ? await verifyOffline(args.data) : await verifyOnline(args.url);
      print(verification, args.json ?? false);
      process.exitCode = verification.findings.length === 0 ? 0 : 1;
    } catch (error) {
      process.stderr.write(`${error instanceof DomainError ? `${error.text.vi}\n${error.text.en}` : String(error)}\n`);
      process.exitCode = 2;
    }
  },
});

async function verifyOffline(data: string | undefined): Promise<Verification> {
  const { verifyAuditOffline } = await import('@vonggac/server/audit-verify');
  return verifyAuditOffline(readConfig(data ? ['--data', data] : [], process.env));
}

async function verifyOnline(url: string): Promise<Verification> {
  const username = process.env['VONGGAC_USER'] ?? (await ask('Tài khoản / account: '));
  const password = process.env['VONGGAC_PASSWORD'] ?? (await ask('Mật khẩu / password: '));
  const headers = { 'content-type': 'application/json', 'x-vonggac': '1' };
  const signIn = await fetch(new URL('/api/v1/sign-in', url), { method: 'POST', headers, body: JSON.stringify({ username, password }) });
  if (!signIn.ok) throw new Error(await messageOf(signIn));
  let cookie = cookieOf(signIn);
  if (((await signIn.json()) as { needsCode: boolean }).needsCode) {
    const body = JSON.stringify({ code: await ask('Mã xác thực / code: ') });
    const entered = await fetch(new URL('/api/v1/session/code', url), { method: 'POST', headers: { ...headers, cookie }, body });
    if (!entered.ok) throw new Error(await messageOf(entered));
    cookie = cookieOf(entered);
  }
  const answer = await fetch(new URL('/api/v1/audit/verify', url), { method: 'POST', headers: { ...headers, cookie }, body: '{}' });
  if (!answer.ok) throw new Error(await messageOf(answer));
  return (await answer.json()) as Verification;
}

function cookieOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0]!)
    .join('; ');
}

async function messageOf(answer: Response): Promise<string> {
  const body = (await answer.json().catch(() => null)) as { error?: { message?: string } } | null;
  return body?.error?.message ?? `HTTP ${answer.status}`;
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

function print(found: Verification, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(found)}\n`);
    return;
  }
  process.stdout.write(`${found.rows} dòng / rows, ${found.anchors} mốc đã ký / anchors\n`);
  if (found.findings.length === 0) process.stdout.write('Chuỗi nhật ký nguyên vẹn. / The chain is whole.\n');
  for (const finding of found.findings)
    process.stdout.write(`✗ ${finding.text.vi} / ${finding.text.en}${finding.row ? ` [${finding.row}]` : ''}\n`);
}
