// Claims in the columns of the evidence: says, confirms, denies, disputes, took back.

export const stances = ['ASSERTS', 'CONFIRMS', 'DENIES', 'DISPUTES', 'RETRACTS'] as const;
export type Stance = (typeof stances)[number];

/** Returns the claims of each stance that has any, in the order of `stances`. Claims keep their order. */
export function columns<C extends { stance: string }>(claims: readonly C[]): { stance: Stance; claims: C[] }[] {
  return stances
    .map((stance) => ({ stance, claims: claims.filter((claim) => claim.stance === stance) }))
    .filter((column) => column.claims.length > 0);
}
