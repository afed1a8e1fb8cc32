import { say } from '../i18n/review';
import type { Outcome } from '../proposal/types';
import { access } from '../session/session';
import { busy, by, keepText, loadAll, note, replace, setBy, stale } from './outcome';
import { curations, proposal } from './state';

/** The reviewer's name, the options of the load, and its button. */
export function LoadForm({ answer }: { answer: Outcome }) {
  const blocked = (answer.faults?.length ?? 0) > 0 || (answer.rejects?.length ?? 0) > 0;
  const nothing = answer.counts.records === 0 && curations.value.length === 0;
  const mayNot = access.value !== 'write';
  const why = blocked
    ? 'load.blocked'
    : nothing
      ? 'load.nothing'
      : mayNot
        ? 'load.access'
        : stale.value
          ? 'preview.stale'
          : undefined;
  const submit = (event: Event) => {
    event.preventDefault();
    if (why === undefined) void loadAll();
  };
  return (
    <form class="load" onSubmit={submit}>
      <h3>{say('load.title')}</h3>
      <label>
        {say('load.by')}
        <input
          required
          maxLength={500}
          dir="auto"
          autocomplete="name"
          value={by.value}
          onInput={(event) => setBy(event.currentTarget.value)}
        />
      </label>
      <label>
        {say('load.note')}
        <input
          maxLength={2000}
          dir="auto"
          value={note.value}
          onInput={(event) => (note.value = event.currentTarget.value)}
        />
      </label>
      {proposal.value && (
        <>
          <label class="check">
            <input
              type="checkbox"
              checked={keepText.value}
              onChange={(event) => (keepText.value = event.currentTarget.checked)}
            />{' '}
            {say('load.keepText')}
          </label>
          <label class="check">
            <input
              type="checkbox"
              checked={replace.value}
              onChange={(event) => (replace.value = event.currentTarget.checked)}
            />{' '}
            {say('load.replace')}
          </label>
        </>
      )}
      <p class="buttons">
        <button type="submit" class="main" disabled={busy.value || why !== undefined}>
          {say('load.submit')}
        </button>
        {why !== undefined && <span class="muted">{say(why)}</span>}
      </p>
    </form>
  );
}
