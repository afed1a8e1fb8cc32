// The data that the timeline requests: buckets of the time that it shows and, if there are few events, these.
import { computed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { useAnswer } from '../api/answer';
import {
  TimelineBuckets,
  type TimelineBucketsQueryVariables,
  TimelineEvents,
  type TimelineEventsQueryVariables,
} from '../api/types';
import { useExtent } from '../extent/extent';
import { language } from '../i18n/messages';
import { filterPart, moments } from '../state/store';
import type { LaneField } from '../state/view';
import { mostLanes, splits } from './lanes';
import { day, dayText, intervalOf, type Scale } from './scale';

/** Up to this number the events are drawn one by one. */
const fewEvents = 400; // as in TimelineEvents.graphql

const filter = filterPart();
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
  const window = { from: dayText(from), to: dayText(to + day) };
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

/** Reports whether there are few events at both moments of knowledge; not if it is unknown. */
function few(data: { extent: { events: number }; extentBefore?: { events: number } } | undefined): boolean {
  return data !== undefined && Math.max(data.extent.events, data.extentBefore?.events ?? 0) <= fewEvents;
}

/** Follows the buckets of the shown time and, if they have few events, these events. */
export function useBuckets(scale: ReadonlySignal<Scale | undefined>, lanes: ReadonlySignal<LaneField>) {
  const variables = useMemo(
    () => settled(() => (scale.value ? variablesOf(scale.value, lanes.value) : undefined)),
    [scale, lanes],
  );
  const extent = useExtent();
  const buckets = useAnswer(TimelineBuckets, variables);
  const eventVariables = useMemo(
    () =>
      settled<TimelineEventsQueryVariables>(() => {
        const asked = variables.value;
        const field = lanes.value;
        if (!asked || field === 'publisher' || !(few(extent.value.data) || few(buckets.value.data)))
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
    [variables, extent, buckets, lanes],
  );
  const events = useAnswer(TimelineEvents, eventVariables);
  return { buckets, events };
}
