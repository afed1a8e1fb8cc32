// The data that the timeline requests: the extent of the selection, buckets of the time that it shows and, if there are
// few, the events themselves.
import { computed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { useAnswer } from '../api/answer';
import {
  TimelineBuckets,
  type TimelineBucketsQueryVariables,
  TimelineEvents,
  type TimelineEventsQueryVariables,
  TimelineExtent,
} from '../api/types';
import { language } from '../i18n/messages';
import { filterOf } from '../state/filter';
import { filterPart, moments, part } from '../state/store';
import type { LaneField } from '../state/view';
import { mostLanes, splits } from './lanes';
import { day, intervalOf, type Scale } from './scale';

/** Up to this number the events are drawn one by one. */
const fewEvents = 400;

const filter = filterPart();
/** The events of which no bound is known: they are in no bucket and have no bar. */
const timeless = part(({ selection }) => filterOf({ ...selection, timeless: true }, { time: true }));

export function useExtent() {
  const variables = useMemo(
    () => computed(() => ({ filter: filter.value, timeless: timeless.value, ...moments.value })),
    [],
  );
  return useAnswer(TimelineExtent, variables);
}

/** Returns the requested time, which changes in steps of at least an eighth, so that a pan needs few requests. */
function rounded(scale: Scale): { from: number; to: number } {
  const length = scale.to - scale.from;
  const step = 2 ** Math.floor(Math.log2(length / 4));
  return {
    from: Math.floor((scale.from - length / 4) / step) * step,
    to: Math.ceil((scale.to + length / 4) / step) * step,
  };
}

function variablesOf(scale: Scale, lanes: LaneField): TimelineBucketsQueryVariables {
  const { from, to } = rounded(scale);
  const text = (moment: number) => new Date(moment).toISOString().slice(0, 10);
  const window = { from: text(from), to: text(to + day) };
  const asked = filter.value;
  const inWindow = asked.time ? { and: [asked, { time: window }] } : { ...asked, time: window };
  return {
    filter: inWindow,
    ...moments.value,
    interval: intervalOf(scale),
    splitBy: splits[lanes],
    top: mostLanes[lanes],
    window,
    languages: [language.value],
  };
}

/** Returns a signal of the same values that notifies only if their text changes. */
function settled<T>(values: () => T | undefined): ReadonlySignal<T | undefined> {
  const text = computed(() => {
    const found = values();
    return found === undefined ? undefined : JSON.stringify(found);
  });
  return computed(() => (text.value === undefined ? undefined : (JSON.parse(text.value) as T)));
}

/** Follows the buckets of the shown time and, if they have few events, these events. */
export function useBuckets(scale: ReadonlySignal<Scale | undefined>, lanes: ReadonlySignal<LaneField>) {
  const variables = useMemo(
    () => settled(() => (scale.value ? variablesOf(scale.value, lanes.value) : undefined)),
    [scale, lanes],
  );
  const buckets = useAnswer(TimelineBuckets, variables);
  const eventVariables = useMemo(
    () =>
      settled<TimelineEventsQueryVariables>(() => {
        const asked = variables.value;
        const { extent, extentBefore } = buckets.value.data ?? {};
        const field = lanes.value;
        if (
          !asked ||
          field === 'publisher' ||
          !extent ||
          Math.max(extent.events, extentBefore?.events ?? 0) > fewEvents
        )
          return undefined;
        const { filter: inWindow, knownAt, before, compare } = asked;
        return {
          filter: inWindow,
          knownAt,
          before,
          compare,
          languages: [language.value],
          actors: field === 'actor',
          places: field === 'place',
        };
      }),
    [variables, buckets, lanes],
  );
  const events = useAnswer(TimelineEvents, eventVariables);
  return { buckets, events };
}
