import { countryName } from '../i18n/format';
import { language } from '../i18n/messages';
import { hasText, say, term } from '../i18n/review';
import type { Suggestion } from '../proposal/types';

/** Returns why a known node may be meant, in the page's language, or undefined if the page does not know its code. */
export function reasonOf({ code, detail = '' }: Suggestion): string | undefined {
  const key = `reason.${code ?? ''}`;
  return hasText(key) ? say(key, { detail: isolated(named(code, detail)) }) : undefined;
}

/** Kinds and countries have names in the page's language. */
function named(code: string | undefined, detail: string): string {
  if (code === 'KIND_DIFFERS') return term('kind', detail);
  return code === 'COUNTRY_DIFFERS' ? countryName(language.value, detail) : detail;
}

/** Names and dates keep their direction within a sentence of another one. */
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
