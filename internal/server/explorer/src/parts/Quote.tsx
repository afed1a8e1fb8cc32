import type { QuoteFieldsFragment } from '../api/types';
import { language } from '../i18n/messages';

/** The words of a claim, with their translation into the page's language if there is one. */
export function Quote({ quote }: { quote: QuoteFieldsFragment }) {
  const translation = quote.translations.find((each) => each.language === language.value);
  return (
    <>
      <blockquote dir="auto" lang={quote.language ?? undefined}>
        {quote.direct ? `«${quote.text}»` : quote.text}
      </blockquote>
      {translation && translation.language !== quote.language && (
        <p class="translation" dir="auto" lang={translation.language ?? undefined}>
          {translation.value}
        </p>
      )}
    </>
  );
}
