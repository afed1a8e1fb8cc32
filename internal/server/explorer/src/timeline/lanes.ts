// The lanes of the timeline: which there are, and the buckets and events in each.
import type { TimelineBucketsQuery, TimelineEventsQuery } from '../api/types';
import type { LaneField } from '../state/view';
import type { Compared } from './compare';
import type { TimedEvent } from './bars';
import type { Bucket } from './columns';

export type BucketsData = Pick<TimelineBucketsQuery, 'buckets'> &
  Partial<Pick<TimelineBucketsQuery, 'bucketsBefore'>>;
type BucketData = BucketsData['buckets'][number];

export type TimelineEvent = TimelineEventsQuery['timeline']['nodes'][number];

export const mostLanes = 12;
/** The key of the lane of all values without a lane of their own. */
export const others = 'OTHERS';

/** Returns the keys of the lanes, the fullest first; all others share the last one. */
export function lanesOf(data: BucketsData): string[] {
  const sums = new Map<string, number>();
  for (const bucket of [...data.buckets, ...(data.bucketsBefore ?? [])]) {
    for (const { key, events } of bucket.groups) sums.set(key ?? others, (sums.get(key ?? others) ?? 0) + events);
  }
  const keys = [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([key]) => key);
  return keys.length <= mostLanes
    ? keys
    : [...keys.filter((key) => key !== others).slice(0, mostLanes - 1), others];
}

/** Returns the buckets with a start, divided into lanes, in the order of time. */
export function bucketsOf(data: BucketsData, lanes: readonly string[]): Bucket[] {
  const before = new Map(data.bucketsBefore?.map((bucket) => [bucket.start, bucket]));
  const now = new Map(data.buckets.map((bucket) => [bucket.start, bucket]));
  const all = [...data.buckets, ...(data.bucketsBefore ?? []).filter(({ start }) => !now.has(start))];
  return all
    .flatMap((bucket) => {
      const { start, end } = bucket;
      if (start === null || end === null) return [];
      const counts = countsOf(now.get(start), lanes);
      const earlier = data.bucketsBefore && countsOf(before.get(start), lanes);
      return {
        start: Date.parse(start),
        end: Date.parse(end),
        lanes: counts.map((count, i) => ({ ...count, ...(earlier && { before: earlier[i]?.counted ?? 0 }) })),
      };
    })
    .sort((a, b) => a.start - b.start);
}

function countsOf(bucket: BucketData | undefined, lanes: readonly string[]) {
  const counts = lanes.map(() => 0);
  const rest = lanes.indexOf(others);
  for (const { key, events } of bucket?.groups ?? []) {
    const own = lanes.indexOf(key ?? others);
    const lane = own < 0 ? rest : own;
    if (lane >= 0) counts[lane] = (counts[lane] ?? 0) + events;
  }
  const sure = bucket && bucket.events > 0 ? 1 - bucket.imprecise / bucket.events : 0;
  return counts.map((counted) => ({ certain: Math.round(counted * sure), counted, possible: counted }));
}

/** Returns what of an event is drawn: it, and the time that it was said to have before. */
export function timedEvents(compared: Compared, field: LaneField, lanes: readonly string[]): TimedEvent[] {
  const { event, difference, timeBefore } = compared;
  const key = field === 'status' ? event.status : event.category;
  const timed: TimedEvent = { id: event.id, lane: lanes.includes(key) ? key : others, time: event.time };
  if (difference) timed.difference = difference;
  return timeBefore ? [{ ...timed, time: timeBefore, ghost: true }, timed] : [timed];
}
