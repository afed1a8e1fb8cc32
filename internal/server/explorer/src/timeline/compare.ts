// The events of two moments of knowledge, compared.
import type { Changed } from '../changes/changed';
import type { Time } from '../i18n/time';
import type { Difference } from '../marks/difference';
import type { TimelineEvent } from './lanes';

/** An event as it is known at the later moment or, if it is lost, as it was known at the earlier one. */
export interface Compared {
  event: TimelineEvent;
  difference?: Difference;
  /** When it was said to have happened, if that differs. */
  timeBefore?: Time;
}

/**
 * Returns the events of both moments, each once. Without earlier ones nothing is compared. `changed` has those with new
 * claims, even if these change nothing that is drawn.
 */
export function compare(
  now: readonly TimelineEvent[],
  before: readonly TimelineEvent[] | undefined,
  changed?: Changed,
): Compared[] {
  if (!before) return now.map((event) => ({ event }));
  const earlier = new Map(before.map((event) => [event.id, event]));
  const compared = now.map((event): Compared => {
    const then = earlier.get(event.id);
    earlier.delete(event.id);
    if (!then) return { event, difference: 'gained' };
    if (then.time.edtf !== event.time.edtf) return { event, difference: 'changed', timeBefore: then.time };
    const same =
      then.status === event.status &&
      then.modality === event.modality &&
      then.category === event.category &&
      !changed?.has(event.id);
    return same ? { event } : { event, difference: 'changed' };
  });
  return [...compared, ...[...earlier.values()].map((event): Compared => ({ event, difference: 'lost' }))];
}
