// The words of the review page and of the inbox, in files of their own: the explorer does not load them.
import { effect, signal } from '@preact/signals';
import { view } from '../state/store';
import type { Language } from './languages';
import { choose, language, type Text, word } from './messages';
import english from './languages/review/en.json';
import { loaders } from './reviewLanguages';
import type { Parameters } from './template';

export type ReviewKey = keyof typeof english;
export type ReviewCatalog = Partial<Record<ReviewKey, Text>>;

/** A language without a file for these pages has their words in English. */
async function load(wanted: Language): Promise<ReviewCatalog> {
  const own: Partial<Record<Language, () => Promise<{ default: ReviewCatalog }>>> = loaders;
  return wanted === 'en' ? english : ((await own[wanted]?.())?.default ?? {});
}

const shown = signal<{ language: Language; catalog: ReviewCatalog }>({ language: 'en', catalog: english });

/** Returns a text of these pages in their language, in English if the language lacks it. */
export function say(key: ReviewKey, parameters: Parameters = {}): string {
  const { language: current, catalog } = shown.value;
  const own = current === language.value ? catalog[key] : undefined;
  return own === undefined ? choose('en', english[key], parameters) : choose(current, own, parameters);
}

/** Returns the word for a value of a vocabulary of these pages or of the explorer, or the value if there is none. */
export function term(vocabulary: string, value: string): string {
  const key = `${vocabulary}.${value}`;
  return key in english ? say(key as ReviewKey) : word(vocabulary, value);
}

/** Reports whether these pages have a text. */
export function hasText(key: string): key is ReviewKey {
  return key in english;
}

/** Returns the names of the parameters of a text. */
export function namesOf(key: ReviewKey): string[] {
  const text: Text = english[key];
  const longest = typeof text === 'string' ? text : (text.other ?? '');
  return [...longest.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

/** Loads the words of each chosen language. */
export function followReviewLanguage(): void {
  effect(() => {
    const wanted = view.value.language;
    load(wanted).then(
      (catalog) => {
        if (view.peek().language === wanted) shown.value = { language: wanted, catalog };
      },
      () => undefined, // The file cannot be loaded: the page stays in its language.
    );
  });
}
