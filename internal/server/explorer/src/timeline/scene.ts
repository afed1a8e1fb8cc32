// The marks of the timeline, in pixels.
import { type Bar, bars, type TimedEvent } from './bars';
import { type Scale, x } from './scale';

/** A bucket of the API, with the events of each lane. */
export interface Bucket {
  start: number;
  end: number;
  /** For each lane how many events lie in the bucket for certain, are counted in it, and may lie in it. */
  lanes: { certain: number; counted: number; possible: number }[];
}

export interface Column {
  lane: number;
  bucket: number;
  left: number;
  width: number;
  /** Heights from the lane's floor: up to `certain` solid, up to `possible` hatched. */
  certain: number;
  possible: number;
}

export interface Layout {
  axis: number; // the y below the last lane
  laneHeight: number;
  rowHeight: number;
  rows: number;
}

const axisHeight = 24;
const labelHeight = 15;
const tallestRow = 14;
const lowestRow = 5;

/** Returns where lanes and rows are in a drawing of a height. */
export function layoutOf(height: number, lanes: number): Layout {
  const axis = Math.max(0, height - axisHeight);
  const laneHeight = Math.max(labelHeight + lowestRow, axis / Math.max(1, lanes));
  const room = laneHeight - labelHeight - 2;
  const rows = Math.max(1, Math.floor(room / (lowestRow + 1)));
  return { axis, laneHeight, rows, rowHeight: Math.min(tallestRow, room / rows - 1) };
}

/** Returns the rows that events need, and their height, so that few events have tall bars. */
export function fitRows(
  layout: Layout,
  events: readonly TimedEvent[],
  lanes: readonly string[],
  scale: Scale,
): { layout: Layout; bars: Bar[] } {
  const all = bars(events, lanes, scale, layout.rows);
  const used = 1 + Math.max(0, ...all.map((bar) => bar.row));
  const room = layout.laneHeight - labelHeight - 2;
  return { layout: { ...layout, rowHeight: Math.min(tallestRow, room / used - 1) }, bars: all };
}

/** Returns the top of a row in a lane. */
export function rowTop(layout: Layout, lane: number, row: number): number {
  return lane * layout.laneHeight + labelHeight + row * (layout.rowHeight + 1);
}

/** Returns the lane and the row at a height. */
export function rowAt(layout: Layout, y: number): { lane: number; row: number } {
  const lane = Math.floor(y / layout.laneHeight);
  return { lane, row: Math.floor((y - lane * layout.laneHeight - labelHeight) / (layout.rowHeight + 1)) };
}

/**
 * Returns the columns of the buckets that the scale shows. Heights grow with the square root of the number, so that the
 * small columns stay visible next to large ones; the axis of a lane shows the number.
 */
export function columns(buckets: readonly Bucket[], scale: Scale, layout: Layout): Column[] {
  const most = Math.max(
    1,
    ...buckets.flatMap((bucket) => bucket.lanes.map((lane) => Math.max(lane.possible, lane.counted))),
  );
  const room = layout.laneHeight - labelHeight;
  const height = (n: number) => (n === 0 ? 0 : Math.max(1.5, Math.sqrt(n / most) * room));
  return buckets.flatMap((bucket, i) => {
    const left = x(scale, bucket.start);
    const right = x(scale, bucket.end);
    if (right < 0 || left > scale.width) return [];
    return bucket.lanes.flatMap((lane, n) =>
      lane.possible === 0 && lane.counted === 0
        ? []
        : [
            {
              lane: n,
              bucket: i,
              left,
              width: Math.max(1, right - left - 0.6),
              certain: height(lane.certain),
              possible: height(Math.max(lane.possible, lane.counted)),
            },
          ],
    );
  });
}
