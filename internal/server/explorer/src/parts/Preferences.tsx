import { type Language, languages } from '../i18n/languages';
import { t } from '../i18n/messages';
import { change, field } from '../state/store';
import { type Theme, themes } from '../state/view';

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
          {Object.entries(languages).map(([each, { name }]) => (
            <option key={each} value={each} lang={each}>
              {name}
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
