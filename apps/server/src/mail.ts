import { firstRunState } from '@vonggac/rooms/identity';
import type { Ctx } from '@vonggac/store';
import type { House } from './house.ts';

/** Whether mails leave this installation: not from the sample, nor where no mail server is configured. */
export type MailState = 'ready' | 'not-configured' | 'sample';

export async function mailState({ config }: Pick<House, 'config'>, ctx: Ctx): Promise<MailState> {
  if ((await firstRunState(ctx)).sample) return 'sample';
  return config.smtp && config.mailFrom ? 'ready' : 'not-configured';
}
