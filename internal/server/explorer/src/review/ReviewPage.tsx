import { effect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { say } from '../i18n/review';
import { Access } from './Access';
import { opened } from './address';
import { ArticleText } from './ArticleText';
import { CorrectClaim } from './CorrectClaim';
import { Help } from './Help';
import { ItemList } from './ItemList';
import { followKeys } from './keyboard';
import { OpenFiles } from './OpenFiles';
import { PageHead } from './PageHead';
import { PreviewPanel } from './PreviewPanel';
import { followStorage, proposal, reopen, tab } from './state';
import { Toolbar } from './Toolbar';

/** The page in which a person decides about a proposal: the article's text beside its records and claims. */
export function ReviewPage() {
  useEffect(() => {
    document.title = say('review.title');
  });
  useEffect(() => {
    followStorage();
    followKeys();
    return effect(() => {
      const hash = opened.value.proposal;
      if (hash !== undefined && proposal.peek() === undefined) void reopen(hash);
    });
  }, []);
  return (
    <>
      <PageHead page="review" />
      <Access />
      {proposal.value ? <Columns /> : opened.value.claim !== undefined ? <CorrectClaim /> : <OpenFiles />}
      <Help />
    </>
  );
}

const tabs = ['text', 'items', 'preview'] as const;

function Columns() {
  const shown = tab.value;
  return (
    <>
      <Toolbar />
      <nav class="tabs" aria-label={say('tabs')}>
        {tabs.map((each) => (
          <button key={each} type="button" aria-pressed={each === shown} onClick={() => (tab.value = each)}>
            {say(`tabs.${each}`)}
          </button>
        ))}
      </nav>
      <main class="review" data-shown={shown}>
        <ArticleText />
        <section class="review-side" aria-label={say(shown === 'preview' ? 'tabs.preview' : 'tabs.items')}>
          {shown === 'preview' ? <PreviewPanel /> : <ItemList />}
        </section>
      </main>
    </>
  );
}
