import { t } from '../i18n/messages';
import { change, field } from '../state/store';
import { type Language, languages, type Theme, themes } from '../state/view';

/** Each language by its own name. */
const languageNames: Record<Language, string> = { en: 'English', uk: 'Українська', ar: 'العربية' };

/** The choices of the page's language and colours. */
export function Preferences() {
  return (
    <>
      <label>
        <span class="hidden">{t('language')}</span>
        <select
          value={field('language').value}
          onChange={(event) => change({ language: event.currentTarget.value as Language })}
        >
          {languages.map((each) => (
            <option key={each} value={each} lang={each}>
              {languageNames[each]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="hidden">{t('theme')}</span>
        <select
          value={field('theme').value}
          onChange={(event) => change({ theme: event.currentTarget.value as Theme })}
        >
          {themes.map((each) => (
            <option key={each} value={each}>
              {t(`theme.${each}`)}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
