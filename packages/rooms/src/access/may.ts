import { type Ctx as KernelCtx, forbidden, notFound } from '@vonggac/kernel';
import { type Permission, grants } from './policy.ts';

/**
 * The first beat of every verb: may this actor do this at all.
 * @throws DomainError `access.role`
 */
export function may(ctx: Pick<KernelCtx, 'actor'>, permission: Permission): void {
  const { actor } = ctx;
  if (actor.kind === 'system') return;
  if (grants(actor.role).includes(permission)) {
    if (!actor.token || actor.token.permissions.includes(permission)) return;
    throw forbidden('access.token', {
      vi: 'Khóa API không được cấp quyền này. Tạo khóa khác có quyền cần dùng.',
      en: 'The API token was not given this right. Make another one that has it.',
    });
  }
  throw forbidden('access.role', {
    vi: 'Vai trò hiện tại không có quyền thực hiện việc này. Chuyển sang vai trò khác hoặc liên hệ quản trị viên.',
    en: 'Your current role does not allow this. Switch to another role or ask the administrator.',
  });
}

/** Whether an organisation is in the actor's own subtree. */
export function reaches(ctx: Pick<KernelCtx, 'scope'>, organisation: string): boolean {
  return ctx.scope.organisations.includes(organisation);
}

/** @throws DomainError as if the organisation did not exist, when it is outside the actor's own subtree */
export function mustReach(ctx: Pick<KernelCtx, 'scope'>, organisation: string): void {
  if (!reaches(ctx, organisation)) throw notFound('organisation');
}

/** @throws DomainError as if the organisation did not exist, when it is neither in the subtree nor supervised */
export function mustReachOrSupervise(ctx: Pick<KernelCtx, 'scope'>, organisation: string): void {
  if (!reaches(ctx, organisation) && !ctx.scope.supervised.includes(organisation)) throw notFound('organisation');
}
