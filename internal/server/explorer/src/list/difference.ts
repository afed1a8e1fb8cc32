// What became of an event since an earlier moment of knowledge.
import type { Changed } from '../changes/changed';
import type { Difference } from '../marks/difference';
import { momentOf } from '../state/moments';

/**
 * Returns whether an event appeared or changed after a moment; undefined if it did not, or if nothing is compared.
 * `states` are the versions of the event, the oldest first. Events in `changed` have changed even without a new
 * version, such as by a response to them.
 */
export function differenceSince(
  before: string | null,
  { id, states }: { id: string; states?: readonly { knownFrom: string }[] },
  changed?: Changed,
): Difference | undefined {
  const known = states?.map(({ knownFrom }) => Date.parse(knownFrom)) ?? [];
  const [first] = known;
  if (before === null || first === undefined) return undefined;
  const moment = momentOf(before);
  if (first > moment) return 'gained';
  return changed?.has(id) || known.some((each) => each > moment) ? 'changed' : undefined;
}
