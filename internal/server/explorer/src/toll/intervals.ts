// Figures as intervals on one axis.
import type { Key } from '../i18n/messages';
import type { Parameters } from '../i18n/template';

export interface Bounds {
  low: number | null;
  best: number | null;
  high: number | null;
}

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

/** Returns a figure in words: "8", "at least 8", "at most 8", "5 to 8, probably 6". */
export function describe({ low, best, high }: Bounds, t: (key: Key, parameters?: Parameters) => string): string {
  if (low !== null && high !== null) {
    if (low === high) return t('figure.exact', { n: low });
    return best === null || best === low || best === high
      ? t('figure.between', { low, high })
      : t('figure.betweenBest', { low, high, best });
  }
  if (low !== null) return t('figure.atLeast', { n: low });
  if (high !== null) return t('figure.atMost', { n: high });
  return best === null ? t('figure.unknown') : t('figure.about', { n: best });
}
