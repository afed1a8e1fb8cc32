import { useState } from 'preact/hooks';
import { say } from '../i18n/review';
import { reviewFile } from '../proposal/files';
import { download } from '../save/download';
import { actions } from './actions';
import { helpOpen } from './helpOpen';
import { forgetOutcome, previewAll } from './outcome';
import { acceptAll, close, counts, decided, history, kept, proposal, tool, unflagged, undo } from './state';

/** How far the review is, and what concerns all items. */
export function Toolbar() {
  const [said, setSaid] = useState('');
  const own = proposal.value;
  if (!own) return null;
  const { accepted, rejected, undecided } = counts.value;
  const save = () =>
    download(
      `${own.review.document.replace(/^document:/, '').replace(/[^\w.-]+/g, '-')}.review.json`,
      new Blob([reviewFile(own.review, decided.value)], { type: 'application/json' }),
    );
  const leave = () => {
    forgetOutcome();
    close();
  };
  return (
    <section class="review-bar" aria-label={say('bar')}>
      <strong class="review-title">
        <bdi>{own.review.title}</bdi>
      </strong>
      <span class="muted">
        {say('bar.counts', { accepted, rejected, undecided })}
        {!kept.value && <> · {say('bar.notKept')}</>}
      </span>
      <span class="grow" />
      <button
        type="button"
        disabled={unflagged.value === 0}
        onClick={() => setSaid(say('bar.accepted', { count: acceptAll() }))}
      >
        {say('bar.acceptAll', { count: unflagged.value })}
      </button>
      <button type="button" aria-pressed={tool.value === 'add'} aria-keyshortcuts="n" onClick={actions.add}>
        {say('help.add')} <kbd dir="ltr">n</kbd>
      </button>
      <button type="button" disabled={history.value.past.length === 0} onClick={undo}>
        {say('help.undo')} <kbd dir="ltr">u</kbd>
      </button>
      <button type="button" class="main" onClick={() => void previewAll()}>
        {say('help.preview')} <kbd dir="ltr">p</kbd>
      </button>
      <button type="button" onClick={save}>
        {say('bar.save')}
      </button>
      <button type="button" onClick={leave}>
        {say('bar.other')}
      </button>
      <button type="button" aria-label={say('help.title')} onClick={() => (helpOpen.value = true)}>
        ?
      </button>
      <span class="hidden" role="status">
        {said}
      </span>
    </section>
  );
}
