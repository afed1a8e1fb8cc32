import type { EventEvidenceQuery } from '../api/types';

export type ClaimData = NonNullable<EventEvidenceQuery['event']>['claims']['nodes'][number];
type Actor = ClaimData['claimants'][number];

/** Returns who says it: the claimants, else the publisher, who speaks for itself; empty if neither is known. */
export function speakers(claim: Pick<ClaimData, 'claimants' | 'document'>): Actor[] {
  if (claim.claimants.length > 0) return claim.claimants;
  const publisher = claim.document?.publisher;
  return publisher ? [publisher] : [];
}
