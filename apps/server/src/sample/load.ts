import { DomainError } from '@vonggac/kernel';
import type { Ctx } from '@vonggac/store';
import type { House } from '../house.ts';

export async function loadSample(_house: House, _ctx: Ctx): Promise<void> {
  throw new DomainError('unavailable', 'sample.not_yet', { vi: 'Chưa có.', en: 'Not yet.' });
}
