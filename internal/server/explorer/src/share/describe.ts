// A view in words: for captions, citations and credits.
import type { Key } from '../i18n/messages';
import { leftToRight, list } from '../i18n/format';
import type { Parameters } from '../i18n/template';
import { dateText, knownMoment, moment } from '../i18n/time';
import { type ListField, listFields, type Selection, type View, vocabularies } from '../state/view';

/** How words and names are found. */
export interface Words {
  language: string;
  t: (key: Key, parameters?: Parameters) => string;
  word: (vocabulary: string, value: string) => string;
  country: (code: string) => string;
  name: (id: string) => string;
  timeZone?: string;
}

/** Returns each condition of a selection, such as "Actor: Ukraine". */
export function conditions(selection: Selection, words: Words): string[] {
  const { t, word, country, name } = words;
  const inWords = (field: ListField, value: string) => {
    const vocabulary = vocabularies[field];
    if (vocabulary) return word(vocabulary, value);
    if (field === 'countries') return country(value);
    return field === 'datasets' ? value : name(value);
  };
  const chosen = listFields.filter((field) => selection[field].length > 0);
  const { from, to, text, box, timeless } = selection;
  return [
    ...chosen.map(
      (field) =>
        `${t(`field.${field}`)}: ${list(
          words.language,
          selection[field].map((value) => inWords(field, value)),
        )}`,
    ),
    ...(text === undefined ? [] : [`${t('field.text')}: ${text}`]),
    ...(from === undefined ? [] : [t('filter.from', { time: dateText(from, words) })]),
    ...(to === undefined ? [] : [t('filter.to', { time: dateText(to, words) })]),
    ...(box ? [t('filter.area')] : []),
    ...(timeless === undefined ? [] : [t(timeless ? 'filter.timeless' : 'filter.timed')]),
  ];
}

/** Returns a moment of knowledge in words: a day, or a time of day in the reader's zone. */
export function knownText(knownAt: string, words: Words): string {
  return knownAt.includes('T') ? knownMoment(knownAt, words) : dateText(knownAt, words);
}

/** What a view was drawn from. */
export interface Origin {
  /** The address of the page. */
  address: string;
  /** When it was drawn (RFC 3339). */
  at: string;
  version: string;
  revision?: string | undefined;
}

/** Returns the lines below a drawing: what was selected, as of when, and from where. */
export function caption(view: View, origin: Origin, words: Words): [what: string, whence: string] {
  const { t } = words;
  const selected = conditions(view.selection, words);
  const known = t('credit.known', { time: knownText(view.knownAt ?? origin.at, words) });
  const since =
    view.comparedWith === undefined ? [] : [t('credit.compared', { time: knownText(view.comparedWith, words) })];
  return [
    [selected.length > 0 ? selected.join('; ') : t('credit.all'), known, ...since].join(' · '),
    `Casus ${versionOf(origin)} · ${origin.address}`,
  ];
}

/** Returns a citation of a view. Its address shows the frozen view. */
export function citation(view: View, origin: Origin, words: Words): string {
  const selected = conditions(view.selection, words);
  return words.t('credit.citation', {
    selection: selected.length > 0 ? selected.join('; ') : words.t('credit.all'),
    known: knownText(view.knownAt ?? origin.at, words),
    version: leftToRight(versionOf(origin), words),
    address: leftToRight(origin.address, words),
    time: moment(origin.at, words),
  });
}

function versionOf({ version, revision }: Origin): string {
  return revision === undefined ? version : `${version} (${revision})`;
}
