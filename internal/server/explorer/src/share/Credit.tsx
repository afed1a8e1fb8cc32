import { isSaved } from '../api/files';
import { t } from '../i18n/messages';
import { moment } from '../i18n/time';
import { rested } from '../state/store';
import { addressOf, whole } from './addresses';
import { caption } from './describe';
import { origin, wordsNow } from './now';

/** When a saved page was saved, and from where. */
export interface SavedFrom {
  at: string;
  source: string;
  /** Of how many of the selected events it has the evidence. */
  evidence: { count: number; all: number };
}

/** On paper, what follows: the selection and its moment. */
export function PaperHead() {
  const view = rested.value;
  return (
    <header class="on-paper">
      <h1>Casus</h1>
      <p>
        <bdi>{caption(view, origin(view), wordsNow())[0]}</bdi>
      </p>
    </header>
  );
}

/** What the page shows and whence, where it stands alone: in another page, in a file and on paper. */
export function Credit({ saved }: { saved?: SavedFrom | undefined }) {
  const words = wordsNow();
  const view = rested.value;
  const embedded = view.embed !== undefined;
  const from = origin(view);
  const [what, whence] = caption(view, saved ? { ...from, at: saved.at } : from, words);
  return (
    <footer class={embedded || isSaved() ? 'credit' : 'credit on-paper'}>
      <p>
        <bdi>{what}</bdi>
        {embedded && !isSaved() && (
          <>
            {' · '}
            <a href={addressOf(location.href, whole(view))} target="_blank" rel="noopener">
              {t('credit.open')}
            </a>
          </>
        )}
        {saved && (
          <>
            {' · '}
            {t('credit.saved', { time: moment(saved.at, words) })} {t('credit.evidence', saved.evidence)}{' '}
            <a href={saved.source} target="_blank" rel="noopener">
              {t('credit.source')}
            </a>
          </>
        )}
      </p>
      <p class="on-paper">
        <bdi dir="ltr">{whence}</bdi>
      </p>
    </footer>
  );
}
