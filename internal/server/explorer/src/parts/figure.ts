// Figures in words.
import type { Key } from '../i18n/messages';
import type { Parameters } from '../i18n/template';

export interface Bounds {
  low: number | null;
  best: number | null;
  high: number | null;
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
