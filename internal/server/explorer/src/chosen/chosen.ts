// The chosen event. Each view marks it, or what of the view it is part of.
import { computed } from '@preact/signals';
import { shared } from '../api/answer';
import { ChosenEvent } from '../api/types';
import { part } from '../state/store';

const shown = part(({ event, knownAt }) => ({ event, knownAt }));
const variables = computed(() => {
  const { event, knownAt } = shown.value;
  return event === undefined ? undefined : { id: event, knownAt: knownAt ?? null };
});

/** Returns the time, the places and the participants of the chosen event; no data if none is chosen. */
export const useChosenEvent = shared(ChosenEvent, variables);
