import { connection } from '../api/answer';
import { t } from '../i18n/messages';

/** Shows that the server does not answer. The region always exists, so that screen readers notice its text. */
export function Connection() {
  return (
    <div role="status" class="connection">
      {connection.value === 'lost' && <p>{t('error.lost')}</p>}
    </div>
  );
}
