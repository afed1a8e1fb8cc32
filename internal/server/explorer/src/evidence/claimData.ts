import type { EventEvidenceQuery } from '../api/types';

/** A claim about an event. */
export type ClaimData = NonNullable<EventEvidenceQuery['event']>['claims']['nodes'][number];
