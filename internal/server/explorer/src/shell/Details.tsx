import { ChangesDetails } from '../changes/ChangesDetails';
import { EventEvidencePanel } from '../evidence/EventEvidencePanel';
import { t } from '../i18n/messages';
import { PathDetails } from '../paths/PathDetails';
import { close } from '../state/opened';
import { field } from '../state/store';
import { TollSection } from '../toll/TollSection';
import { TieDetails } from '../ties/TieDetails';

/** What the reader has chosen: an event, a tie of two actors, the paths between them, or two moments of knowledge. */
export function Details() {
  return (
    <div class="details" onKeyDown={(event) => event.key === 'Escape' && close()}>
      <Subject />
    </div>
  );
}

function Subject() {
  const [link, path] = [field('link').value, field('path').value];
  if (field('event').value !== undefined) return <EventEvidencePanel tolls={(id) => <TollSection id={id} />} />;
  if (link) return <TieDetails link={link} />;
  if (path) return <PathDetails path={path} />;
  if (field('comparedWith').value !== undefined) return <ChangesDetails />;
  const hasPair = field('selection').value.actors.length === 2;
  return (
    <p class="muted">
      {t('evidence.choose')} {!hasPair && t('evidence.pair')}
    </p>
  );
}
