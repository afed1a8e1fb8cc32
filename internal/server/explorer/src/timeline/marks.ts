// The marks of the timeline in order, for keys and for the table: bars or, of many events, columns.
import type { Bar } from './bars';
import type { LaneField, Selection } from '../state/view';
import type { Bucket, Column } from './columns';
import { none, others } from './lanes';

/** What of a scene its marks are read from. */
export interface Marked {
  bars: readonly Bar[];
  columns: readonly Column[];
  buckets: readonly Bucket[];
  lanes: readonly { key: string }[];
}

/** A mark: an event, or a bucket in a lane. It stays the same mark when the drawing changes. */
export type Mark = { bar: string } | { lane: string; start: number };

export function sameMark(a: Mark | undefined, b: Mark): boolean {
  if (a === undefined) return false;
  if ('bar' in b) return 'bar' in a && a.bar === b.bar;
  return 'lane' in a && a.lane === b.lane && a.start === b.start;
}

/** Returns the mark of a column. */
export function markOf({ buckets, lanes }: Marked, { bucket, lane }: Column): Mark {
  return { lane: lanes[lane]?.key ?? '', start: buckets[bucket]?.start ?? 0 };
}

/** Returns the marks in the order of time, then of lanes. */
export function marksOf(scene: Marked): Mark[] {
  if (scene.columns.length > 0) {
    return [...scene.columns].sort((a, b) => a.left - b.left || a.lane - b.lane).map((each) => markOf(scene, each));
  }
  return scene.bars
    .filter((bar) => !bar.ghost)
    .sort((a, b) => a.left - b.left || a.lane - b.lane || a.row - b.row)
    .map(({ id }) => ({ bar: id }));
}

/** Returns the mark after a mark, or before it; from none, the first or the last one. */
export function nextMark(scene: Marked, now: Mark | undefined, direction: 1 | -1): Mark | undefined {
  const order = marksOf(scene);
  const at = order.findIndex((each) => sameMark(now, each));
  if (at < 0) return order.at(direction === 1 ? 0 : -1);
  return order[at + direction] ?? order[at];
}

/** Returns the column at a position, or undefined. */
export function columnAt({ columns }: Marked, lane: number, position: number): Column | undefined {
  const near = columns.filter(({ left, width }) => position >= left - 1 && position <= left + width + 1);
  return near.find((column) => column.lane === lane) ?? near[0];
}

/** Returns the days of a bucket, the first and the last one; of an hour its moments. */
export function timeOf({ start, end }: Bucket): { from: string; to: string } {
  const digits = end - start < 24 * 3_600_000 ? 19 : 10;
  const text = (moment: number) => new Date(moment).toISOString().slice(0, digits) + (digits === 10 ? '' : 'Z');
  return { from: text(start), to: text(end - 1) };
}

/**
 * Returns the conditions that select the events of a bucket in a lane; in a lane without a value, of the bucket. Events
 * without a time are in no bucket, though they may have been then.
 */
export function conditionsOf(
  bucket: Bucket,
  lane: string,
  field: LaneField,
  { actors }: Pick<Selection, 'actors'>,
): Partial<Selection> {
  const time = { ...timeOf(bucket), timeless: false };
  if (lane === none || lane === others) return time;
  switch (field) {
    case 'category':
      return { ...time, categories: [lane] };
    case 'status':
      return { ...time, statuses: [lane] };
    case 'actor':
      return { ...time, actors: [...new Set([...actors, lane])] };
    case 'place':
      return { ...time, places: [lane] };
    case 'publisher':
      return { ...time, publishers: [lane] };
  }
}
