// What became of an event since an earlier moment of knowledge.
import type { Difference } from '../marks/difference';
import { momentOf } from '../state/moments';

/**
 * Returns whether an event appeared or changed after a moment; undefined if it did not, or if nothing is compared.
 * `states` are the versions of the event, the oldest first.
 */
export function differenceSince(
  before: string | null,
  states: readonly { knownFrom: string }[] | undefined,
): Difference | undefined {
  const known = states?.map(({ knownFrom }) => Date.parse(knownFrom)) ?? [];
  const [first] = known;
  if (before === null || first === undefined) return undefined;
  const moment = momentOf(before);
  if (first > moment) return 'gained';
  return known.some((each) => each > moment) ? 'changed' : undefined;
}
