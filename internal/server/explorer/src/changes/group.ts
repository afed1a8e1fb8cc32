// The changes between two moments of knowledge, by moment and event, as the API orders them.
import type { ChangesQuery } from '../api/types';
import type { Difference } from '../marks/difference';

export type Change = ChangesQuery['changes']['nodes'][number];
export type Because = Change['because'][number];

/** What changed about one event at one moment, and the claims that changed it, each once. */
export interface EventChanges {
  event: Change['event'];
  difference: Difference;
  changes: Change[];
  because: Because[];
}

export interface MomentChanges {
  at: string;
  events: EventChanges[];
}

export function grouped(changes: readonly Change[]): MomentChanges[] {
  const moments: MomentChanges[] = [];
  for (const change of changes) {
    let moment = moments.at(-1);
    if (moment?.at !== change.at) moments.push((moment = { at: change.at, events: [] }));
    let own = moment.events.at(-1);
    if (own?.event.id !== change.event.id) {
      moment.events.push((own = { event: change.event, difference: 'changed', changes: [], because: [] }));
    }
    own.changes.push(change);
    own.difference = differenceOf(change) ?? own.difference;
    const known = new Set(own.because.map(({ id }) => id));
    own.because.push(...change.because.filter(({ id }) => !known.has(id)));
  }
  return moments;
}

/** Returns whether an event came or went; undefined if it only changed. */
function differenceOf({ changeKind }: Change): Difference | undefined {
  if (changeKind === 'APPEARED') return 'gained';
  return changeKind === 'RETRACTED' ? 'lost' : undefined;
}
