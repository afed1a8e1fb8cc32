// Events as bars: solid where the event must be, hatched where it only may be.
import type { Time } from '../i18n/time';
import type { Difference } from '../marks/difference';
import { mostRows } from './layout';
import { type Scale, x } from './scale';

/** The narrowest bar, in pixels. */
const narrowestBar = 4;

export interface TimedEvent {
  id: string;
  lane: string;
  category: string;
  time: Time;
  /** The event is not said to have happened, or its claims are denied or withdrawn. */
  pale?: boolean;
  difference?: Difference;
  /** The time is the one known at the earlier moment of knowledge. */
  ghost?: boolean;
}

export interface Bar {
  id: string;
  category: string;
  lane: number;
  row: number;
  left: number;
  width: number;
  /** The time is known to a day or better. Otherwise the event may be anywhere in the bar. */
  certain: boolean;
  /** The time is approximate or uncertain: drawn with a dashed outline. */
  vague: boolean;
  /** The start or the end is open or unknown: drawn as an arrow. */
  openStart: boolean;
  openEnd: boolean;
  pale?: boolean;
  difference?: Difference;
  ghost?: boolean;
}

/**
 * Returns the bars of the events that the scale shows, and the number of rows of each lane. In each lane, bars that
 * would cover each other are in different rows, as long as there are rows. Events of which no bound is known have no
 * bar.
 */
export function bars(
  events: readonly TimedEvent[],
  lanes: readonly string[],
  scale: Scale,
  most = mostRows,
): { bars: Bar[]; rows: number[] } {
  const found: Bar[] = [];
  const ends = lanes.map((): number[] => []); // the right edge of each row
  const timed = events
    .map((event) => ({ event, span: span(event.time, scale) }))
    .filter((each) => each.span !== undefined)
    .sort((a, b) => (a.span?.left ?? 0) - (b.span?.left ?? 0));
  for (const { event, span: at } of timed) {
    const lane = lanes.indexOf(event.lane);
    const laneEnds = ends[lane];
    if (!at || !laneEnds) continue;
    let row = laneEnds.findIndex((end) => end <= at.left);
    if (row < 0) row = laneEnds.length < most ? laneEnds.length : leastFull(laneEnds);
    laneEnds[row] = Math.max(laneEnds[row] ?? 0, at.left + at.width + 2);
    const { precision, approximate, uncertain } = event.time;
    found.push({
      id: event.id,
      category: event.category,
      lane,
      row,
      ...at,
      certain: precision === 'INSTANT' || precision === 'DAY',
      vague: approximate || uncertain,
      ...(event.pale && { pale: true }),
      ...(event.difference && { difference: event.difference }),
      ...(event.ghost && { ghost: true }),
    });
  }
  return { bars: found, rows: ends.map((each) => Math.max(1, each.length)) };
}

function leastFull(ends: readonly number[]): number {
  return ends.indexOf(Math.min(...ends));
}

/** Returns where a time lies, clipped to the scale; undefined if nothing of it is shown. */
export function span(time: Time, scale: Scale) {
  if (time.earliest === null && time.latest === null) return undefined;
  const start = time.earliest === null ? 0 : x(scale, Date.parse(time.earliest));
  const end = time.latest === null ? scale.width : x(scale, Date.parse(time.latest));
  if (end < 0 || start > scale.width || (time.earliest === null && end <= 0)) return undefined;
  const left = Math.max(start, -narrowestBar);
  const right = Math.min(Math.max(end, left + narrowestBar), scale.width + narrowestBar);
  return { left, width: right - left, openStart: time.earliest === null, openEnd: time.latest === null };
}

/** Returns the bar at a position, the narrowest if several are there. */
export function barAt(all: readonly Bar[], lane: number, row: number, position: number): Bar | undefined {
  return all
    .filter(
      (bar) =>
        bar.lane === lane && bar.row === row && position >= bar.left - 2 && position <= bar.left + bar.width + 2,
    )
    .sort((a, b) => a.width - b.width)[0];
}
