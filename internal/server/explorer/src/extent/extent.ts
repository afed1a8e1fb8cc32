// How many events are selected, and where they lie in time, in space and in knowledge. Once this is known, the views
// send their queries, all in one request.
import { computed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { shared } from '../api/answer';
import { Extent } from '../api/types';
import { filterOf } from '../state/filter';
import { filterPart, moments, part } from '../state/store';

const filter = filterPart();
/** The map looks at the places outside of the chosen box, too. */
const withoutBox = filterPart({ box: true });
/** The events of which no bound is known: they are in no bucket and have no bar. */
const timeless = part(({ selection }) => filterOf({ ...selection, timeless: true }, { time: true }));

const variables = computed(() => ({
  filter: filter.value,
  withoutBox: withoutBox.value,
  timeless: timeless.value,
  ...moments.value,
}));

/** Returns the extent of the selected events, which all views share. */
export const useExtent = shared(Extent, variables);

/** Returns variables that are undefined until the extent is known: a query then goes with those of other views. */
export function useAfterExtent<T>(variables: ReadonlySignal<T>): ReadonlySignal<T | undefined> {
  const extent = useExtent();
  return useMemo(
    () =>
      computed(() => {
        const { data, error } = extent.value;
        return data || error ? variables.value : undefined;
      }),
    [extent, variables],
  );
}
