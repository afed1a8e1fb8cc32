import { computed } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { refused } from '../api/answer';
import { isSaved } from '../api/files';
import { t } from '../i18n/messages';
import { Details } from './Details';
import { Facets } from '../facets/Facets';
import { KnowledgeBar } from '../knowledge/KnowledgeBar';
import { ListPanel } from '../list/ListPanel';
import { MapPanel } from '../map/MapPanel';
import { NetworkPanel } from '../network/NetworkPanel';
import { SignIn } from '../session/SignIn';
import { Credit, PaperHead, type SavedFrom } from '../share/Credit';
import { field } from '../state/store';
import type { Panel as PanelName } from '../state/view';
import { Chips } from './Chips';
import { Connection } from './Connection';
import { Panel } from './Panel';
import { Tabs } from './Tabs';
import { TopBar } from './TopBar';
import { TimelinePanel } from '../timeline/TimelinePanel';

const contents: Partial<Record<PanelName, () => preact.JSX.Element>> = {
  timeline: TimelinePanel,
  map: MapPanel,
  network: NetworkPanel,
  list: ListWithFacets,
  evidence: Details,
};

function ListWithFacets() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <details class="filters" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('facet.title')}</summary>
        {open && <Facets />}
      </details>
      <ListPanel />
    </>
  );
}

const shown = computed<PanelName[]>(() => {
  const embed = field('embed').value;
  const all = Object.keys(contents) as PanelName[];
  return embed && embed !== 'all' ? all.filter((name) => name === embed || name === 'evidence') : all;
});

/** The panel that is shown on narrow screens. */
const current = computed<PanelName | undefined>(() => {
  const panel = field('panel').value;
  return shown.value.includes(panel) ? panel : shown.value[0];
});

/** The page. It places the views; each of them reads the state by itself. */
export function App({ saved }: { saved?: SavedFrom }) {
  const alone = field('embed').value !== undefined || isSaved();
  useEffect(() => {
    document.title = t('title');
  });
  return (
    <>
      <a class="skip" href="#evidence" onClick={focusEvidence}>
        {t('skip')}
      </a>
      <PaperHead />
      {!alone && <TopBar />}
      {!alone && <KnowledgeBar />}
      <Connection />
      {refused.value ? <SignIn /> : <Views />}
      <Credit saved={saved} />
    </>
  );
}

function Views() {
  return (
    <>
      <Chips />
      <Tabs names={shown.value} current={current.value} />
      <main class="panels" data-shown={current.value} data-embed={field('embed').value}>
        {shown.value.map((name) => {
          const Content = contents[name];
          return (
            Content && (
              <Panel key={name} name={name}>
                {<Content />}
              </Panel>
            )
          );
        })}
      </main>
    </>
  );
}

function focusEvidence(event: Event): void {
  event.preventDefault(); // The fragment is the address of the view.
  document.getElementById('evidence')?.focus();
}
