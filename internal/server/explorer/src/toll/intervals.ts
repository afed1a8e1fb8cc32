// Figures as intervals on one axis.
import type { Bounds } from '../parts/figure';

/** Where a figure is on an axis of a width. An open side reaches the edge. */
export interface Interval {
  left: number;
  right: number;
  best: number | undefined;
  openLow: boolean;
  openHigh: boolean;
}

/** Returns the greatest number of the figures; the axis ends a little after it. */
export function greatest(all: readonly Bounds[]): number {
  return Math.max(1, ...all.flatMap(({ low, best, high }) => [low ?? 0, best ?? 0, high ?? 0]));
}

export function interval({ low, best, high }: Bounds, most: number, width: number): Interval {
  const x = (n: number) => (n / (most * 1.1)) * width;
  const from = low ?? (high === null ? best : null);
  const to = high ?? (low === null ? best : null);
  return {
    left: from === null ? 0 : x(from),
    right: to === null ? width : x(to),
    best: best === null ? undefined : x(best),
    openLow: from === null,
    openHigh: to === null,
  };
}
