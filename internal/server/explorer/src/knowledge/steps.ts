// The moments at which something became known.
import type { CalendarInterval } from '../api/types';

const hour = 3_600_000;
const day = 24 * hour;
/** The API answers with at most 5,000 buckets. */
const mostBuckets = 4800;

export interface Span {
  first: number;
  last: number;
}

/** A moment at which something became known, and how many claims became known since the step before. */
export interface Step {
  at: number;
  claims: number;
}

/** Returns the finest calendar interval of which a span has not too many. */
export function intervalOf({ first, last }: Span): CalendarInterval {
  if (last - first <= mostBuckets * hour) return 'HOUR';
  return last - first <= mostBuckets * day ? 'DAY' : 'MONTH';
}

/** Returns the moments at which something became known: the ends of the buckets, which these include. */
export function stepsOf(buckets: readonly { end: string; claims: number }[], { last }: Span): Step[] {
  return buckets.map(({ end, claims }) => ({ at: Math.min(Date.parse(end), last), claims }));
}

/** Returns the next step after a moment, or the last one before it. */
export function stepFrom(steps: readonly Step[], at: number, direction: 1 | -1): Step | undefined {
  return direction === 1 ? steps.find((step) => step.at > at) : steps.findLast((step) => step.at < at);
}

/** Returns a moment as the address has it: a date if the moment is its end, else a date-time. */
export function textOf(moment: number): string {
  const text = (at: number) => new Date(at).toISOString();
  return moment % day === 0 ? text(moment - 1).slice(0, 10) : `${text(moment).slice(0, 19)}Z`;
}

/** Returns the moment of a slider's position: a full hour of short spans, else the end of a day. */
export function snapped(moment: number, { first, last }: Span): number {
  const unit = last - first <= 10 * day ? hour : day;
  return Math.min(last, Math.max(first, Math.round(moment / unit) * unit));
}

export interface Bin {
  /** The left edge, as a share of the width. */
  left: number;
  /** The height, as a share of the greatest one's. */
  height: number;
  at: number;
}

/** Returns a histogram of the claims. Heights grow with the square root, so that few claims stay visible. */
export function bins(steps: readonly Step[], { first, last }: Span, count: number): Bin[] {
  const sums = new Map<number, { claims: number; at: number }>();
  for (const { at, claims } of steps) {
    const bin = last === first ? 0 : Math.min(count - 1, Math.floor(((at - first) / (last - first)) * count));
    const sum = sums.get(bin);
    if (sum) sum.claims += claims;
    else sums.set(bin, { claims, at });
  }
  const most = Math.max(1, ...[...sums.values()].map(({ claims }) => claims));
  return [...sums].map(([bin, { claims, at }]) => ({ left: bin / count, height: Math.sqrt(claims / most), at }));
}

/** Returns the moments of a play: all steps or, of many, evenly chosen ones with the last. */
export function played(steps: readonly Step[], from: number, most: number): number[] {
  const ahead = steps.filter(({ at }) => at > from).map(({ at }) => at);
  const every = Math.ceil(ahead.length / most);
  return ahead.filter((_, i) => (ahead.length - 1 - i) % every === 0);
}
