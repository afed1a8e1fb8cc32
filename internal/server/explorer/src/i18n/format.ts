// Numbers and dates as a language writes them. All digits of a page are 0 to 9, because ids, EDTF and quotes have them.
import { languages } from './languages';

/** Returns the locale of a language with its calendar and digits fixed. */
export function locale(language: string): string {
  return `${language}-u-ca-gregory-nu-latn`;
}

const numbers = new Map<string, Intl.NumberFormat>();

export function numberFormat(language: string): Intl.NumberFormat {
  let format = numbers.get(language);
  if (!format) numbers.set(language, (format = new Intl.NumberFormat(locale(language))));
  return format;
}

const compacts = new Map<string, Intl.NumberFormat>();

/** Returns the format of numbers that are abbreviated: 12K. */
export function compactFormat(language: string): Intl.NumberFormat {
  let format = compacts.get(language);
  if (!format) compacts.set(language, (format = new Intl.NumberFormat(locale(language), { notation: 'compact' })));
  return format;
}

const dates = new Map<string, Intl.DateTimeFormat>();

/** Returns a format of dates. Creating one takes a tenth of a millisecond, so they are cached. */
export function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  let format = dates.get(key);
  if (!format) dates.set(key, (format = new Intl.DateTimeFormat(locale(language), options)));
  return format;
}

/** Returns the option that names the era of a moment before the year 1, which looks like a later year without it. */
export function eraOf(moment: Date | number): Intl.DateTimeFormatOptions {
  return new Date(moment).getUTCFullYear() < 1 ? { era: 'short' } : {};
}

/** Returns the elements of a list, and what a language writes between them. */
export function listParts(language: string, elements: readonly string[]) {
  return new Intl.ListFormat(language, { type: 'unit' }).formatToParts(elements);
}

/** Returns a list as a language writes it. */
export function list(language: string, elements: readonly string[]): string {
  return listParts(language, elements)
    .map(({ value }) => value)
    .join('');
}

/** Returns a country's name in a language, or its code. */
export function countryName(language: string, code: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code;
  } catch {
    return code; // not a code of a region
  }
}

/**
 * Returns a date or an address as a part of a text in a language. In one from right to left it is isolated, since
 * `2025-12-20` would read as 20-12-2025 there.
 */
export function leftToRight(text: string, { language }: { language: string }): string {
  return isRightToLeft(language) ? `\u2066${text}\u2069` : text;
}

/** Reports whether a language of the page is written from right to left. */
export function isRightToLeft(language: string): boolean {
  const about: Partial<Record<string, { rightToLeft?: true }>> = languages;
  return about[language]?.rightToLeft === true;
}
