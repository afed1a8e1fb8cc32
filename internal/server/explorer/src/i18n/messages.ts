// The words of the page. Each language is a file with keys of the English one; a value is a text with {parameters}, or
// one text for each plural form of the language (Unicode CLDR), chosen by the parameter `count`.
import { computed, effect, signal } from '@preact/signals';
import { part, view } from '../state/store';
import { isRightToLeft } from './format';
import { type Language, loaders } from './languages';
import { format, type Parameters } from './template';
import english from './languages/en.json';

export type Key = keyof typeof english;
export type Text = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Catalog = Partial<Record<Key, Text>>;

const load = async (wanted: Language): Promise<Catalog> =>
  wanted === 'en' ? english : (await loaders[wanted]()).default;

/** The catalog that is shown, with its language. It changes when a language is chosen and its file is loaded. */
const shown = signal<{ language: Language; catalog: Catalog }>({ language: 'en', catalog: english });

/** The language of the page's words: the chosen one, as soon as its file is loaded. */
export const language = computed(() => shown.value.language);

/** The direction of the page's words. */
export const direction = computed<'ltr' | 'rtl'>(() => (isRightToLeft(language.value) ? 'rtl' : 'ltr'));

/** Returns a text of the page in its language, in English if the language lacks it. */
export function t(key: Key, parameters: Parameters = {}): string {
  const { language: current, catalog } = shown.value;
  const own = catalog[key];
  return own === undefined ? choose('en', english[key], parameters) : choose(current, own, parameters);
}

/** Returns the word for a value of a vocabulary, such as `category.ASSAULT`, or the value if there is none. */
export function word(vocabulary: string, value: string): string {
  const key = `${vocabulary}.${value}`;
  return key in english ? t(key as Key) : value;
}

/** Returns a text of a language with its parameters, in the plural form of `count`. */
export function choose(current: Language, text: Text, parameters: Parameters): string {
  if (typeof text === 'string') return format(current, text, parameters);
  const form = new Intl.PluralRules(current).select(Number(parameters['count'] ?? 0));
  return format(current, text[form] ?? text.other ?? '', parameters);
}

/** Loads the words of each chosen language and sets the page's language and direction, until the result is called. */
export function followLanguage(): () => void {
  const chosen = part((current) => current.language);
  const stops = [
    effect(() => {
      const wanted = chosen.value;
      load(wanted).then(
        (catalog) => {
          if (view.peek().language === wanted) shown.value = { language: wanted, catalog };
        },
        () => undefined, // The file cannot be loaded: the page stays in its language.
      );
    }),
    effect(() => {
      document.documentElement.lang = language.value;
      document.documentElement.dir = direction.value;
    }),
  ];
  return () => stops.forEach((stop) => stop());
}
