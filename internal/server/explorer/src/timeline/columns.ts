// Calendar buckets as columns.
import { columnLayout, type Layout } from './layout';
import { type Scale, x } from './scale';

/** A bucket of the API, with the events of each lane. */
export interface Bucket {
  start: number;
  end: number;
  lanes: Counts[];
}

/** How many events must lie in a bucket, and how many may lie in it. */
export interface Counts {
  certain: number;
  possible: number;
  /** How many might lie in it at the earlier moment of knowledge, if there is one. */
  before?: number;
}

export interface Column {
  lane: number;
  bucket: number;
  /** The bucket's bounds, and how many events may lie in it. */
  start: number;
  end: number;
  events: number;
  left: number;
  width: number;
  /** Heights from the lane's floor: up to `certain` solid, up to `possible` hatched. */
  certain: number;
  possible: number;
  /** The height of what might lie in it at the earlier moment, if that differs. */
  before?: number;
}

/** The height of a column that would be lower. */
const lowest = 1.5;

function greatest({ certain, possible, before }: Counts): number {
  return Math.max(certain, possible, before ?? 0);
}

/** Returns the columns of the buckets that the scale shows, and their layout in a drawing of a height. */
export function columns(
  buckets: readonly Bucket[],
  lanes: number,
  scale: Scale,
  height: number,
): { layout: Layout; columns: Column[] } {
  const shown = buckets
    .map((bucket, index) => ({ bucket, index, left: x(scale, bucket.start), right: x(scale, bucket.end) }))
    .filter(({ left, right }) => right >= 0 && left <= scale.width);
  const most = Array.from({ length: lanes }, (_, lane) =>
    shown.reduce((found, { bucket }) => {
      const counts = bucket.lanes[lane];
      return counts ? Math.max(found, greatest(counts)) : found;
    }, 0),
  );
  const { layout, one } = columnLayout(height, most);
  const tall = (n: number) => (n === 0 ? 0 : Math.max(lowest, Math.sqrt(n) * one));
  const found = shown.flatMap(({ bucket, index, left, right }) =>
    bucket.lanes.flatMap((counts, lane): Column[] => {
      if (greatest(counts) === 0) return [];
      const { certain, possible, before } = counts;
      return [
        {
          lane,
          bucket: index,
          start: bucket.start,
          end: bucket.end,
          events: Math.max(certain, possible),
          left,
          width: Math.max(1, right - left - 0.6),
          certain: tall(certain),
          possible: tall(Math.max(certain, possible)),
          ...(before !== undefined && before !== possible && { before: tall(before) }),
        },
      ];
    }),
  );
  return { layout, columns: found };
}
