import { DomainError, type Role } from '@vonggac/kernel';
import { type Ctx, inSnapshot, settings } from '@vonggac/store';
import { eq } from 'drizzle-orm';
import type { Auth } from './auth.ts';
import { firstRunState } from './first-run.ts';

/** The roles that decide for others or see everything: they have a second factor. */
const FACTOR_ROLES: ReadonlySet<Role> = new Set<Role>(['administrator', 'desk', 'leader', 'analyst']);
const FRESH_MINUTES = 10;

/** What must be done before anything else. */
export type WaitsFor = 'code' | 'password' | 'factor' | null;

type Reading = Pick<Ctx, 'stores' | 'scope' | 'actor'>;

export function needsFactor(memberships: readonly { role: Role }[]): boolean {
  return memberships.some(({ role }) => FACTOR_ROLES.has(role));
}

/** Whether the second factor may be put off here: where told so, in the sample province, and before there is anything at all. */
export async function mayPutOff(auth: Auth, ctx: Reading): Promise<boolean> {
  if (auth.totp !== undefined) return auth.totp === 'optional';
  const { firstRun, sample } = await firstRunState(ctx);
  return firstRun || sample;
}

/** How long a code stands for the acts that ask for a fresh one. @unit minutes */
export async function freshMinutes(ctx: Reading): Promise<number> {
  const [row] = await inSnapshot(ctx, (tx) => tx.select().from(settings).where(eq(settings.key, 'identity.fresh-minutes')));
  const minutes = Number(row?.value ?? FRESH_MINUTES);
  return Number.isFinite(minutes) && minutes > 0 ? minutes : FRESH_MINUTES;
}

type Asking = { ctx: Ctx; factorSince: Date | null } & ({ codeAt: Date | null } | { apiToken: { fresh: boolean } });

/**
 * Before an act that reaches far: the person has entered a code a short while ago; a token was made for such acts.
 * @throws DomainError `identity.fresh_code`, `identity.factor_needed`, `identity.token_not_fresh`
 */
export async function mustBeFresh(auth: Auth, asking: Asking): Promise<void> {
  if ('apiToken' in asking) {
    if (!asking.apiToken.fresh) throw tokenNotFresh();
    return;
  }
  if (!asking.factorSince) {
    if (await mayPutOff(auth, asking.ctx)) return;
    throw factorNeeded();
  }
  const minutes = await freshMinutes(asking.ctx);
  const since = auth.now().getTime() - minutes * 60_000;
  if (!asking.codeAt || asking.codeAt.getTime() < since) throw staleCode(minutes);
}

/** @throws DomainError `identity.must_enter_code`, `identity.must_change_password`, `identity.must_set_up_factor` */
export function mustNotWaitFor(waitsFor: WaitsFor): void {
  if (!waitsFor) return;
  const { code, text } = WAITING[waitsFor];
  throw new DomainError('forbidden', code, text);
}

const WAITING = {
  code: {
    code: 'identity.must_enter_code',
    text: { vi: 'Nhập mã xác thực để hoàn tất đăng nhập.', en: 'Enter the code of your authenticator to finish signing in.' },
  },
  password: {
    code: 'identity.must_change_password',
    text: { vi: 'Đổi mật khẩu cấp lần đầu trước khi làm việc.', en: 'Change the first password before you go on.' },
  },
  factor: {
    code: 'identity.must_set_up_factor',
    text: {
      vi: 'Vai trò này cần xác thực hai lớp. Cài đặt trước khi làm việc.',
      en: 'Your role needs a second factor. Set it up before you go on.',
    },
  },
} as const;

const staleCode = (minutes: number) =>
  new DomainError(
    'forbidden',
    'identity.fresh_code',
    {
      vi: `Việc này cần mã xác thực vừa nhập trong ${minutes} phút. Nhập mã để tiếp tục.`,
      en: `This needs a code entered within the last ${minutes} minutes. Enter one to go on.`,
    },
    { details: { minutes } },
  );
const factorNeeded = () =>
  new DomainError('forbidden', 'identity.factor_needed', {
    vi: 'Việc này cần xác thực hai lớp. Cài đặt tại “Tài khoản của tôi” rồi thực hiện lại.',
    en: 'This needs a second factor. Set it up under “My account”, then try again.',
  });
const tokenNotFresh = () =>
  new DomainError('forbidden', 'identity.token_not_fresh', {
    vi: 'Khóa API này không được phép làm việc cần mã xác thực.',
    en: 'This API token may not do what asks a person for a fresh code.',
  });
