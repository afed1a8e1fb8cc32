import { countryName } from '../i18n/format';
import { language } from '../i18n/messages';
import { term } from '../i18n/review';
import type { Suggestion } from '../proposal/types';
import { worded } from './codes';

/** Returns why a known node may be meant, in the page's language, or undefined if the page does not know its code. */
export function reasonOf({ code, detail = '' }: Suggestion): string | undefined {
  return worded(`reason.${code ?? ''}`, { detail: named(code, detail) });
}

/** Kinds and countries have names in the page's language. */
function named(code: string | undefined, detail: string): string {
  if (code === 'KIND_DIFFERS') return term('kind', detail);
  return code === 'COUNTRY_DIFFERS' ? countryName(language.value, detail) : detail;
}
