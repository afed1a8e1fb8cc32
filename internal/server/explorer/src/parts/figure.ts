// Figures in words.
import type { Key } from '../i18n/messages';
import type { Parameters } from '../i18n/template';

export interface Bounds {
  low: number | null;
  best: number | null;
  high: number | null;
}

type Translate = (key: Key, parameters?: Parameters) => string;

/**
 * Returns a figure in words: "8", "about 8", "at least 8", "at most 8", "5 to 8, stated last: 6". The API has no bound
 * for "about", and zero as the lower one of "at most", so these need the qualifier of its claims.
 */
export function describe(bounds: Bounds, t: Translate, qualifier?: string): string {
  if (qualifier === 'AT_MOST' && bounds.high !== null) return t('figure.atMost', { n: bounds.high });
  const words = exact(bounds, t);
  return qualifier === 'ABOUT' && bounds.low !== null ? t('figure.about', { n: words }) : words;
}

/** Returns the qualifier of several figures: one that all have, or ABOUT if any of them is about a number. */
export function joined(qualifiers: readonly (string | undefined)[]): string | undefined {
  const [first] = qualifiers;
  if (qualifiers.every((each) => each === first)) return first;
  return qualifiers.includes('ABOUT') ? 'ABOUT' : undefined;
}

function exact({ low, best, high }: Bounds, t: Translate): string {
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
