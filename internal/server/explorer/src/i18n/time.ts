// Times in words. EDTF itself is not shown: in a line from right to left `2022-02-24/..` reads as an open start.
import { dateFormat, eraOf } from './format';
import type { Key } from './messages';
import type { Parameters } from './template';

/** A time as the API returns it; see its type Time. */
export interface Time {
  edtf: string;
  earliest: string | null;
  latest: string | null;
  precision: string;
  approximate: boolean;
  uncertain: boolean;
}

/** The language of the words, and the zone in which a time of day is shown. A date alone is the same in every zone. */
export interface TimeLanguage {
  language: string;
  t: (key: Key, parameters?: Parameters) => string;
  timeZone?: string;
}

/** Returns a time in words: "about July 2025", "19 – 20 December 2025", "since 24 February 2022". */
export function describeTime(time: Time, words: TimeLanguage): string {
  const span = describeSpan(time, words);
  if (time.approximate && time.uncertain) return words.t('time.approximateUncertain', { time: span });
  if (time.approximate) return words.t('time.approximate', { time: span });
  if (time.uncertain) return words.t('time.uncertain', { time: span });
  return span;
}

function describeSpan(time: Time, words: TimeLanguage): string {
  const { edtf, earliest, latest } = time;
  const { t } = words;
  if (earliest === null && latest === null) return t('time.unknown');
  const isOneOf = edtf.startsWith('[');
  if (earliest === null) {
    const key = isOneOf ? 'time.oneUntil' : edtf.startsWith('/') ? 'time.untilUnknown' : 'time.until';
    return t(key, { time: day(before(latest), words) });
  }
  if (latest === null) {
    const key = isOneOf ? 'time.oneSince' : edtf.endsWith('/') ? 'time.sinceUnknown' : 'time.since';
    return t(key, { time: day(earliest, words) });
  }
  if (time.precision === 'INSTANT') return moment(earliest, words);

  const season = /^(-?\d{4})-(2[1-9]|3\d|4[01])[~?%]?$/.exec(edtf);
  if (season) return t(`season.${season[2]}` as Key, { year: season[1] ?? '' });
  const range = between(earliest, before(latest), words);
  return isOneOf ? t('time.oneOf', { time: range }) : range;
}

/** Returns a moment with its time of day in the reader's zone, or in the one that the words have. */
export function moment(instant: string, { language, timeZone }: TimeLanguage): string {
  const options: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    ...eraOf(new Date(instant)),
    ...(timeZone !== undefined && { timeZone }),
  };
  return dateFormat(language, options).format(new Date(instant));
}

/**
 * Returns a moment of knowledge in words. What is known from a midnight in UTC on is known at the end of the day
 * before: that day is returned, the same in every zone.
 */
export function knownMoment(instant: string, words: TimeLanguage): string {
  const at = Date.parse(instant);
  return at % 86_400_000 === 0 ? day(before(instant), words) : moment(instant, words);
}

/** Returns a calendar date, which is the same in every zone. */
export function day(instant: string | Date, { language }: { language: string }): string {
  const date = new Date(instant);
  return dateFormat(language, { ...calendarDay, ...eraOf(date), timeZone: 'UTC' }).format(date);
}

/**
 * Returns a date of an address in words. Of any other text, such as a range in EDTF, it returns the text, set apart so
 * that it reads from left to right in a line from right to left: these characters do what `<bdi dir="ltr">` does
 * in a page.
 */
export function dateText(text: string, words: { language: string }): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return day(text, words);
  return /^\d{4}$/.test(text) ? text : `\u2066${text}\u2069`;
}

const calendarDay: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'long', day: 'numeric' };

/** Returns the range of two calendar dates, as coarse as both allow: days, whole months or whole years. */
function between(earliest: string, last: Date, { language }: TimeLanguage): string {
  const first = new Date(earliest);
  const next = new Date(last.getTime() + 1);
  const wholeMonths = first.getUTCDate() === 1 && next.getUTCDate() === 1;
  const wholeYears = wholeMonths && first.getUTCMonth() === 0 && next.getUTCMonth() === 0;
  const options: Intl.DateTimeFormatOptions = wholeYears
    ? { year: 'numeric' }
    : wholeMonths
      ? { year: 'numeric', month: 'long' }
      : calendarDay;
  return dateFormat(language, { ...options, ...eraOf(first), timeZone: 'UTC' }).formatRange(first, last);
}

/** Returns the last millisecond before a moment. */
function before(instant: string | null): Date {
  return new Date(new Date(instant ?? 0).getTime() - 1);
}
