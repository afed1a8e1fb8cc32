// The data that the timeline requests: the extent of the selection, buckets of the time that it shows and, if there are
// few, the events themselves.
import { computed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { useAnswer } from '../api/answer';
import {
  TimelineBuckets,
  type TimelineBucketsQuery,
  type TimelineBucketsQueryVariables,
  TimelineEvents,
  type TimelineEventsQuery,
  TimelineExtent,
} from '../api/types';
import { language } from '../i18n/messages';
import { filterPart, part } from '../state/store';
import type { LaneField } from '../state/view';
import { day, intervalOf, type Scale } from './scale';
import type { Bucket } from './scene';

/** Up to this number the events are drawn one by one. */
const fewEvents = 400;
export const mostLanes = 12;
/** The key of the lane of all values without a lane of their own. */
export const others = 'OTHERS';

const filter = filterPart();
const knownAt = part((view) => view.knownAt);

export function useExtent() {
  const variables = useMemo(() => computed(() => ({ filter: filter.value, knownAt: knownAt.value ?? null })), []);
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
  const found = intervalOf(scale);
  const text = (moment: number) => new Date(moment).toISOString().slice(0, 10);
  const window = { from: text(from), to: text(to + day) };
  const asked = filter.value;
  const inWindow = asked.time ? { and: [asked, { time: window }] } : { ...asked, time: window };
  return {
    filter: inWindow,
    knownAt: knownAt.value ?? null,
    interval: found === 'HOUR' ? 'DAY' : found,
    splitBy: lanes === 'status' ? 'STATUS' : lanes === 'publisher' ? 'PUBLISHER' : 'CATEGORY',
    window,
  };
}

export function useBuckets(scale: ReadonlySignal<Scale | undefined>, lanes: ReadonlySignal<LaneField>) {
  const text = useMemo(
    () => computed(() => (scale.value ? JSON.stringify(variablesOf(scale.value, lanes.value)) : undefined)),
    [scale, lanes],
  );
  const variables = useMemo(
    () =>
      computed(() =>
        text.value === undefined ? undefined : (JSON.parse(text.value) as TimelineBucketsQueryVariables),
      ),
    [text],
  );
  const buckets = useAnswer(TimelineBuckets, variables);
  const few = useMemo(
    () =>
      computed(() => {
        const asked = variables.value;
        const count = buckets.value.data?.extent.events;
        if (!asked || count === undefined || count > fewEvents) return undefined;
        return JSON.stringify({ filter: asked.filter, knownAt: asked.knownAt, languages: [language.value] });
      }),
    [variables, buckets],
  );
  const eventVariables = useMemo(
    () =>
      computed(() =>
        few.value === undefined
          ? undefined
          : (JSON.parse(few.value) as Pick<TimelineBucketsQueryVariables, 'filter'>),
      ),
    [few],
  );
  const events = useAnswer(TimelineEvents, eventVariables);
  return { buckets, events };
}

export type TimelineEvent = TimelineEventsQuery['timeline']['nodes'][number];

/** Returns the keys of the lanes, the fullest first; all others share the last one. */
export function lanesOf(data: TimelineBucketsQuery): string[] {
  const sums = new Map<string, number>();
  for (const bucket of data.timelineBuckets) {
    for (const { key, events } of bucket.groups) sums.set(key ?? others, (sums.get(key ?? others) ?? 0) + events);
  }
  const keys = [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([key]) => key);
  return keys.length <= mostLanes
    ? keys
    : [...keys.filter((key) => key !== others).slice(0, mostLanes - 1), others];
}

/** Returns the buckets with a start, divided into lanes. */
export function bucketsOf(data: TimelineBucketsQuery, lanes: readonly string[]): Bucket[] {
  const rest = lanes.indexOf(others);
  return data.timelineBuckets.flatMap((bucket) => {
    if (bucket.start === null || bucket.end === null) return [];
    const counts = lanes.map(() => 0);
    for (const { key, events } of bucket.groups) {
      const own = lanes.indexOf(key ?? others);
      const lane = own < 0 ? rest : own;
      if (lane >= 0) counts[lane] = (counts[lane] ?? 0) + events;
    }
    const sure = bucket.events === 0 ? 0 : 1 - bucket.imprecise / bucket.events;
    return {
      start: Date.parse(bucket.start),
      end: Date.parse(bucket.end),
      lanes: counts.map((counted) => ({ certain: Math.round(counted * sure), counted, possible: counted })),
    };
  });
}
