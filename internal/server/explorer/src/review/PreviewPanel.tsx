import { useLayoutEffect, useRef } from 'preact/hooks';
import { say } from '../i18n/review';
import { Effects } from './Effects';
import { Fault } from './Fault';
import { LoadForm } from './LoadForm';
import { Loaded } from './Loaded';
import { Obstacles } from './Obstacles';
import { busy, conflicted, failure, outcome, previewAll, stale } from './outcome';
import { tab } from './state';

/** What the decisions change in the graph, and the form that loads them. */
export function PreviewPanel() {
  const answer = outcome.value;
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <div class="preview" aria-busy={busy.value}>
      <h2 ref={heading} tabIndex={-1}>
        {say('tabs.preview')}
      </h2>
      {busy.value && <p role="status">{say('preview.busy')}</p>}
      {conflicted.value && (
        <p class="notice" role="alert">
          {say('preview.conflict')}
        </p>
      )}
      <Fault error={failure.value} />
      {!answer && !busy.value && failure.value === undefined && <p>{say('preview.none')}</p>}
      {answer && stale.value && !answer.loaded && <p class="notice">{say('preview.stale')}</p>}
      {(!answer || stale.value || failure.value !== undefined) && (
        <p class="buttons">
          <button type="button" class="main" disabled={busy.value} onClick={() => void previewAll()}>
            {say('help.preview')}
          </button>
          <button type="button" onClick={() => (tab.value = 'items')}>
            {say('preview.back')}
          </button>
        </p>
      )}
      {answer && (
        <>
          {answer.loaded && <Loaded answer={answer} />}
          <p>{say('preview.counts', answer.counts)}</p>
          <Obstacles answer={answer} />
          <Effects answer={answer} />
          {!answer.loaded && <LoadForm answer={answer} />}
        </>
      )}
    </div>
  );
}
