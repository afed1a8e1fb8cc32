import { EventEvidencePanel } from '../evidence/EventEvidencePanel';
import { t } from '../i18n/messages';
import { PathDetails } from '../paths/PathDetails';
import { view } from '../state/store';
import { TollSection } from '../toll/TollSection';
import { TieDetails } from '../ties/TieDetails';

/** What the reader has chosen: an event, a tie of two actors, or the paths between them. */
export function Details() {
  const { event, link, path } = view.value;
  if (event !== undefined) return <EventEvidencePanel tolls={(id) => <TollSection id={id} />} />;
  if (link) return <TieDetails link={link} />;
  if (path) return <PathDetails path={path} />;
  return <p class="muted">{t('evidence.choose')}</p>;
}
