// The scale of the timeline: milliseconds to pixels, and the calendar below it. Time runs from left to right in every
// language.

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
export const day = 24 * hour;
const year = 365.2425 * day;

/**
 * The shortest and the longest time that the timeline shows. An answer has at most 5,000 buckets, none is longer than a
 * year, and the requested time is up to twice the shown one.
 */
const shortest = 6 * hour;
export const longest = 2400 * year;
const ourDays = Date.UTC(2100);
/** How far from 1970 the timeline shows anything. */
const farthest = 25_000 * year;
/** The first and the last year that EDTF and the API have. */
const firstDay = new Date(0).setUTCFullYear(-9999, 0, 1);
const lastDay = new Date(0).setUTCFullYear(9999, 11, 31);

export interface Scale {
  /** The first moment that is shown, and the first one after it, in milliseconds. */
  from: number;
  to: number;
  /** In CSS pixels. */
  width: number;
}

/** Returns the position of a moment in pixels; it may lie outside of 0..width. */
export function x(scale: Scale, moment: number): number {
  return ((moment - scale.from) / (scale.to - scale.from)) * scale.width;
}

/** Returns the moment at a position. */
export function momentAt(scale: Scale, position: number): number {
  return scale.from + (position / scale.width) * (scale.to - scale.from);
}

/** Returns a scale that shows `factor` times as much, with the moment at a position where it was. */
export function zoom(scale: Scale, factor: number, position: number): Scale {
  const length = scale.to - scale.from;
  const next = Math.min(longest, Math.max(shortest, length * factor));
  const fixed = momentAt(scale, position);
  return within({ ...scale, from: fixed - (position / scale.width) * next }, next);
}

/** Returns a scale of a length that is moved to where time is, if it is elsewhere. */
function within(scale: Scale, length: number): Scale {
  const from = Math.min(farthest - length, Math.max(-farthest, scale.from));
  return { ...scale, from, to: from + length };
}

/** Returns a range of time, or the part around our days of one that is longer than the timeline shows. */
export function shortened([from, to]: readonly [number, number]): [number, number] {
  if (to - from <= longest) return [from, to];
  const end = Math.min(to, Math.max(from + longest, ourDays));
  return [end - longest, end];
}

/** Returns a scale moved by pixels: positive ones show later moments. */
export function pan(scale: Scale, pixels: number): Scale {
  const length = scale.to - scale.from;
  return within({ ...scale, from: scale.from + (pixels / scale.width) * length }, length);
}

/** Returns the day of a moment in UTC as the API reads it, or the nearest one that it knows: `2025-12-20`. */
export function dayText(moment: number): string {
  const text = new Date(Math.min(lastDay, Math.max(firstDay, moment))).toISOString();
  return text.replace(/^-00/, '-').slice(0, text.startsWith('-') ? 11 : 10);
}

export const intervals = ['HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const;
export type Interval = (typeof intervals)[number];

const lengths: Record<Interval, number> = {
  HOUR: hour,
  DAY: day,
  WEEK: 7 * day,
  MONTH: year / 12,
  QUARTER: year / 4,
  YEAR: year,
};

/** The narrowest bucket, in pixels. */
export const narrowest = 3;

/** Returns the finest calendar interval whose buckets are at least `narrowest` pixels wide. */
export function intervalOf(scale: Scale): Interval {
  const pixels = scale.width / (scale.to - scale.from);
  return intervals.find((interval) => lengths[interval] * pixels >= narrowest) ?? 'YEAR';
}

export type TickUnit = 'hour' | 'day' | 'month' | 'year';

export interface Tick {
  moment: number;
  unit: TickUnit;
}

/** Steps of the calendar below the timeline, from fine to coarse. */
const steps: { unit: TickUnit; count: number; length: number }[] = [
  ...[1, 3, 6, 12].map((count) => ({ unit: 'hour' as const, count, length: count * hour })),
  ...[1, 2, 7, 14].map((count) => ({ unit: 'day' as const, count, length: count * day })),
  ...[1, 2, 3, 6].map((count) => ({ unit: 'month' as const, count, length: count * (year / 12) })),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].map((count) => ({
    unit: 'year' as const,
    count,
    length: count * year,
  })),
];

/** Returns the ticks within the scale, at least `spacing` pixels apart, in UTC. */
export function ticks(scale: Scale, spacing: number): Tick[] {
  const perPixel = (scale.to - scale.from) / scale.width;
  const step = steps.find((each) => each.length >= spacing * perPixel) ?? steps[steps.length - 1];
  if (!step) return [];
  const found: Tick[] = [];
  for (
    let moment = floor(scale.from, step.unit, step.count);
    moment < scale.to;
    moment = next(moment, step.unit, step.count)
  ) {
    if (moment >= scale.from) found.push({ moment, unit: step.unit });
  }
  return found;
}

/** Returns the last multiple of a step that is not after a moment. */
function floor(moment: number, unit: TickUnit, count: number): number {
  const date = new Date(moment);
  switch (unit) {
    case 'hour':
      return Math.floor(moment / (count * hour)) * count * hour;
    case 'day':
      return Math.floor(moment / (count * day)) * count * day;
    case 'month':
      return utc(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / count) * count);
    case 'year':
      return utc(Math.floor(date.getUTCFullYear() / count) * count, 0);
  }
}

function next(moment: number, unit: TickUnit, count: number): number {
  const date = new Date(moment);
  switch (unit) {
    case 'hour':
      return moment + count * hour;
    case 'day':
      return moment + count * day;
    case 'month':
      return utc(date.getUTCFullYear(), date.getUTCMonth() + count);
    case 'year':
      return utc(date.getUTCFullYear() + count, 0);
  }
}

/** Returns the first moment of a month. Date.UTC would read years below 100 as those of the twentieth century. */
function utc(years: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(years, month, 1);
  return date.getTime();
}
