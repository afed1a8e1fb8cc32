// What the page knows of itself now: its words, its version and its address.
import { revision } from '../api/revision';
import { countryName } from '../i18n/format';
import { language, t, word } from '../i18n/messages';
import { labelOf } from '../parts/names';
import type { View } from '../state/view';
import { addressOf, frozen, whole } from './addresses';
import type { Origin, Words } from './describe';

/** The address of the page that a saved page was saved from. */
let source: string | undefined;

/** Lets saved pages name their source, not themselves. */
export function setSource(address: string): void {
  source = address;
}

/** Returns where a view comes from. Its address shows the same later, as known at a moment: by default now. */
export function origin(view: View, at = now()): Origin {
  return {
    address: source ?? addressOf(location.href, frozen(whole(view), at)),
    at,
    version: document.querySelector<HTMLMetaElement>('meta[name=casus-version]')?.content ?? '',
    revision: revision.peek(),
  };
}

/** Returns the current second (RFC 3339). */
export function now(): string {
  return new Date().toISOString().replace(/\.\d+/, '');
}

/** Returns the words of the page in its language. */
export function wordsNow(): Words {
  return {
    language: language.value,
    t,
    word,
    country: (code) => countryName(language.value, code),
    name: (id) => labelOf(id, language.value).value?.value ?? id,
  };
}
