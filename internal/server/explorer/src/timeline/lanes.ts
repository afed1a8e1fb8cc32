// The lanes of the timeline: which there are, and the buckets and events in each.
import type { BucketSplit, TimelineBucketsQuery, TimelineEventsQuery } from '../api/types';
import { isReal } from '../marks/status';
import type { LaneField } from '../state/view';
import type { TimedEvent } from './bars';
import type { Bucket, Counts } from './columns';
import type { Compared } from './compare';

export type BucketsData = Pick<TimelineBucketsQuery, 'buckets'> &
  Partial<Pick<TimelineBucketsQuery, 'bucketsBefore'>>;
type BucketData = BucketsData['buckets'][number];
type Group = BucketData['groups'][number];

export type TimelineEvent = TimelineEventsQuery['timeline']['nodes'][number];

export const splits: Record<LaneField, BucketSplit> = {
  category: 'CATEGORY',
  status: 'STATUS',
  actor: 'ACTOR',
  place: 'LOCATION',
  publisher: 'PUBLISHER',
};

/** How many values have lanes of their own. With those without a value, which some fields have, there are twelve. */
export const mostLanes: Record<LaneField, number> = {
  category: 12,
  status: 12,
  actor: 11,
  place: 11,
  publisher: 11,
};

/** The keys of the lanes of events without a value, and with a value that has no lane of its own. */
export const none = 'NONE';
export const others = 'OTHERS';

export interface Lane {
  key: string;
  /** The name of the lane's node, if it has one. */
  name?: string;
}

function keyOf({ key, others: rest }: Group): string {
  return rest ? others : (key ?? none);
}

/** Returns the lanes, the fullest first; events without a value and those of other values have the last two. */
export function lanesOf(data: BucketsData): Lane[] {
  const sums = new Map<string, { events: number; possible: number; lane: Lane }>();
  for (const { groups } of data.buckets) {
    for (const group of groups) {
      const { events, possible, node } = group;
      const key = keyOf(group);
      const name = node && 'label' in node ? node.label.value : undefined;
      const sum = sums.get(key) ?? { events: 0, possible: 0, lane: { key, ...(name !== undefined && { name }) } };
      sum.events += events;
      sum.possible += possible ?? 0;
      sums.set(key, sum);
    }
  }
  const last = (key: string) => (key === others ? 2 : key === none ? 1 : 0);
  const found = [...sums.values()]
    .filter(({ events, possible }) => events + possible > 0)
    .sort(
      (a, b) =>
        last(a.lane.key) - last(b.lane.key) ||
        b.events - a.events ||
        b.possible - a.possible ||
        (a.lane.key < b.lane.key ? -1 : 1),
    )
    .map(({ lane }) => lane);
  const known = new Set(found.map(({ key }) => key));
  const lost = (data.bucketsBefore ?? []).some(({ groups }) => groups.some((each) => !known.has(keyOf(each))));
  return lost && !known.has(others) ? [...found, { key: others }] : found;
}

/** Returns the buckets with a start, divided into lanes, in the order of time. */
export function bucketsOf(data: BucketsData, lanes: readonly Lane[]): Bucket[] {
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
        lanes: counts.map((count, i) => ({ ...count, ...(earlier && { before: earlier[i]?.possible ?? 0 }) })),
      };
    })
    .sort((a, b) => a.start - b.start);
}

/** Returns the counts of each lane. Values of the earlier moment that have no lane at the later one are others. */
function countsOf(bucket: BucketData | undefined, lanes: readonly Lane[]): Counts[] {
  const counts = lanes.map(() => ({ certain: 0, possible: 0 }));
  const index = new Map(lanes.map(({ key }, i) => [key, i]));
  for (const group of bucket?.groups ?? []) {
    const own = counts[index.get(keyOf(group)) ?? index.get(others) ?? -1];
    if (!own) continue;
    own.certain += group.certain ?? 0;
    own.possible += group.possible ?? 0;
  }
  return counts;
}

/** Returns what of an event is drawn in each of its lanes: it, and the time that it was said to have before. */
export function timedEvents(compared: Compared, field: LaneField, lanes: readonly Lane[]): TimedEvent[] {
  const { event, difference, timeBefore } = compared;
  const keys = new Set(lanes.map(({ key }) => key));
  const values = valuesOf(event, field);
  const own = new Set(values.length === 0 ? [none] : values.map((value) => (keys.has(value) ? value : others)));
  return [...own].flatMap((lane) => {
    const timed: TimedEvent = {
      id: event.id,
      lane,
      category: event.category,
      time: event.time,
      ...(isPale(event) && { pale: true }),
      ...(difference && { difference }),
    };
    return timeBefore ? [{ ...timed, time: timeBefore, ghost: true as const }, timed] : [timed];
  });
}

/** Reports whether an event is not said to have happened, or its claims are denied or withdrawn. */
function isPale({ modality, status }: TimelineEvent): boolean {
  return !isReal(modality) || status === 'DENIED' || status === 'RETRACTED';
}

/** Returns the values of an event in a field. The publishers of an event are known to the buckets only. */
function valuesOf(event: TimelineEvent, field: LaneField): string[] {
  switch (field) {
    case 'category':
      return [event.category];
    case 'status':
      return [event.status];
    case 'actor':
      return (event.participants ?? []).map(({ actor }) => actor.id);
    case 'place':
      return (event.locations ?? []).map(({ location }) => location.id);
    case 'publisher':
      return [];
  }
}
