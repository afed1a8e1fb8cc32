// The events that changed between the compared moments of knowledge. The list, the timeline and the map mark the
// same ones: those of `changes`.
import { computed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { shared } from '../api/answer';
import { ChangedEvents, type ChangedEventsQuery } from '../api/types';
import { filterPart, moments } from '../state/store';

/** The ids of events that came, changed or went. */
export type Changed = ReadonlySet<string>;

const filter = filterPart();

/** The variables of the query while two moments are compared. */
export const between = computed(() => {
  const { before, knownAt } = moments.value;
  return before === null ? undefined : { filter: filter.value, knownFrom: before, knownTo: knownAt };
});

/** Returns the first 500 changes; no data if no moments are compared. */
export const useChanges = shared(ChangedEvents, between);

/** Returns the events that the first 500 changes are about; undefined if no moments are compared. */
export function useChanged(): ReadonlySignal<Changed | undefined> {
  const answer = useChanges();
  return useMemo(() => computed(() => answer.value.data && eventsOf(answer.value.data)), [answer]);
}

/** Returns the events that changes are about. */
export function eventsOf({ changes }: ChangedEventsQuery): Changed {
  return new Set(changes.nodes.map(({ event }) => event.id));
}
