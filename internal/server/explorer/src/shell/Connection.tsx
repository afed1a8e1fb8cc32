import { connection, reading } from '../api/connection';
import { askAgain, changed } from '../api/revision';
import { t } from '../i18n/messages';
import { field } from '../state/store';

/**
 * Says that the server does not answer, or not yet, or that the graph has changed. The region always exists, so that
 * screen readers notice its text. A view as of a moment stays as it is.
 */
export function Connection() {
  const frozen = field('knownAt').value !== undefined;
  return (
    <div role="status" class="connection">
      {connection.value === 'lost' ? (
        <p>{t('error.lost')}</p>
      ) : reading.value || connection.value === 'busy' ? (
        <p>{progress()}</p>
      ) : (
        changed.value &&
        !frozen && (
          <p>
            {t('changed')}{' '}
            <button type="button" onClick={askAgain}>
              {t('changed.show')}
            </button>
          </p>
        )
      )}
    </div>
  );
}

function progress(): string {
  const { events = 0, all = 0 } = reading.value ?? {};
  if (all === 0) return t('error.busy');
  return events < all ? t('error.reading', { events, all }) : t('error.reading.links', { all });
}
