import type { Ctx } from '@vonggac/store';
import type { Claim } from './claim.ts';
import { approveAssets, claimAsset } from './index.ts';

/** A range as tests claim it. */
export const range = (organisation: string, network: string, more: Partial<Claim> = {}): Claim => ({
  kind: 'range',
  network,
  organisation,
  from: null,
  to: null,
  ...more,
});

/** Claimed by an agency and approved by its authority; entered where both are one. */
export async function held(agency: Ctx, desk: Ctx, claim: Claim): Promise<string> {
  const { id } = await claimAsset(agency, claim);
  const { refused } = await approveAssets(desk, { ids: [id] });
  if (refused[0] && agency !== desk) throw new Error(refused[0].text.en);
  return id;
}
