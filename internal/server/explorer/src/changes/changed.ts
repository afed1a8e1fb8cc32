// The events that changed between the compared moments of knowledge. The list, the timeline and the map mark the
// same ones: those of `changes`.
import { computed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { shared } from '../api/answer';
import { ChangedEvents } from '../api/types';
import { filterPart, moments } from '../state/store';

/** The ids of events that came, changed or went. */
export type Changed = ReadonlySet<string>;

const filter = filterPart();

/** The variables of the query while two moments are compared. */
export const between = computed(() => {
  const { before, knownAt } = moments.value;
  return before === null ? undefined : { filter: filter.value, knownFrom: before, knownTo: knownAt };
});

const useAnswer = shared(ChangedEvents, between);

/** Returns the events that the first 500 changes are about; undefined if no moments are compared. */
export function useChanged(): ReadonlySignal<Changed | undefined> {
  const answer = useAnswer();
  return useMemo(
    () =>
      computed(() => {
        const { data } = answer.value;
        return data && new Set(data.changes.nodes.map(({ event }) => event.id));
      }),
    [answer],
  );
}
