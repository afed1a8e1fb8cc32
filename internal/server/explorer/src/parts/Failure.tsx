import type { ApiError } from '../api/client';
import { t } from '../i18n/messages';

/** An error of the API, in its own words, which are English. */
export function Failure({ error }: { error: ApiError | undefined }) {
  if (!error) return null;
  return (
    <div class="failure" role="alert">
      <strong>{t('error.title')}</strong>
      <p lang="en" dir="ltr">
        {error.message}
      </p>
    </div>
  );
}
