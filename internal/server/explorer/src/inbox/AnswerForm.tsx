import { useState } from 'preact/hooks';
import { say } from '../i18n/review';
import { convert } from '../proposal/exchange';
import { decisionsOf } from '../proposal/decisions';
import { hashOf } from '../proposal/items';
import { get, put } from '../proposal/storage';
import { addressOfPage } from '../review/address';
import { Fault } from '../review/Fault';
import { access } from '../session/session';
import { answers, article, clearDraft, model } from './state';

/** The chat's answer, which becomes a proposal. */
export function AnswerForm() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const given = answers.value.filter((each) => each.trim() !== '');
      const { proposal, refused } = await convert(article.value, given, model.value.trim());
      const hash = hashOf(proposal);
      const before = await get(hash);
      const isSame = JSON.stringify(before?.proposal.records) === JSON.stringify(proposal.records);
      if (before && !isSame && before.decisions.length > 0 && !confirm(say('answer.replaces'))) {
        setBusy(false);
        return;
      }
      const decisions = before && isSame ? before.decisions : [...decisionsOf(proposal.review)];
      const { title } = proposal.review;
      const kept = await put({ hash, title, proposal, refused, decisions, curations: [], at: Date.now() });
      if (!kept) throw new Error(say('answer.notKept'));
      clearDraft();
      location.assign(addressOfPage('review', { proposal: hash }));
    } catch (fault) {
      setError(fault);
    }
    setBusy(false);
  };
  return (
    <form class="article-form" onSubmit={(event) => void submit(event)} aria-labelledby="answer-head">
      <h2 id="answer-head">{say('answer.head')}</h2>
      {answers.value.map((each, i) => (
        <label key={i}>
          {say('answer.content', { count: i + 1 })}
          <textarea
            rows={6}
            required={i === 0}
            dir="ltr"
            spellcheck={false}
            value={each}
            onInput={(event) => (answers.value = answers.value.with(i, event.currentTarget.value))}
          />
        </label>
      ))}
      <p>
        <button type="button" onClick={() => (answers.value = [...answers.value, ''])}>
          {say('answer.more')}
        </button>
      </p>
      <label>
        {say('answer.model')}
        <input
          dir="ltr"
          maxLength={200}
          value={model.value}
          onInput={(event) => (model.value = event.currentTarget.value)}
        />
      </label>
      <p class="buttons">
        <button
          type="submit"
          class="main"
          disabled={busy || access.value !== 'write' || article.value.content === ''}
        >
          {say('answer.convert')}
        </button>
      </p>
      <Fault error={error} />
    </form>
  );
}
