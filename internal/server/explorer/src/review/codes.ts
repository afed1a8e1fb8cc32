// The words for the program's codes, with their values as the page's language writes them.
import { dateFormat, leftToRight, locale } from '../i18n/format';
import { language, word } from '../i18n/messages';
import { hasText, namesOf, say, term } from '../i18n/review';

/** What words name, by the names that stand there in braces. */
export type Values = Readonly<Record<string, string>>;

/** Returns the text of a key with its values; undefined if the page lacks the text or a value that the text names. */
export function worded(key: string, values: Values = {}): string | undefined {
  if (!hasText(key) || namesOf(key).some((name) => typeof values[name] !== 'string')) return undefined;
  return say(key, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shown(name, value)])));
}

/** Names, words and dates keep their direction within a sentence of another one. */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

function shown(name: string, value: string): string | number {
  switch (name) {
    case 'time':
    case 'published':
      return leftToRight(value, { language: language.value });
    case 'modality':
      return word('modality', value);
    case 'state':
      return term('state', value);
    case 'weekday':
      return weekdayName(value);
    case 'weekdays':
      return listed(value.split(', ').map(weekdayName));
    case 'sentences':
      return listed(value.split(' '));
  }
  return /^\d{1,9}$/.test(value) ? Number(value) : isolated(value);
}

function listed(parts: string[]): string {
  return new Intl.ListFormat(locale(language.value)).format(parts);
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function weekdayName(english: string): string {
  const at = weekdays.indexOf(english);
  if (at < 0) return english;
  // 4 January 1970 was a Sunday.
  return dateFormat(language.value, { weekday: 'long', timeZone: 'UTC' }).format(
    new Date(Date.UTC(1970, 0, 4 + at)),
  );
}
