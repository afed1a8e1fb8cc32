import { say } from '../i18n/review';
import type { SpanField } from '../proposal/edit';
import { textOfDocument } from '../proposal/items';
import { selection } from './selection';
import { proposal } from './state';

interface Properties {
  spans: SpanField[];
  direct: boolean;
  onChange: (spans: SpanField[], direct: boolean) => void;
}

/** The words that a claim rests on: as they stand in the text, typed or taken from the selection. */
export function SpansField({ spans, direct, onChange }: Properties) {
  const text = proposal.value ? textOfDocument(proposal.value) : undefined;
  const chosen = selection.value;
  return (
    <fieldset>
      <legend>{say('edit.words')}</legend>
      {spans.map((span, i) => {
        const times = text === undefined || span.start !== undefined ? 1 : timesIn(text, span.exact);
        return (
          <div key={i} class="span">
            <textarea
              aria-label={say('edit.words')}
              dir="auto"
              rows={2}
              required
              value={span.exact}
              onInput={(event) => onChange(spans.with(i, { exact: event.currentTarget.value }), direct)}
            />
            <button
              type="button"
              aria-label={say('edit.remove')}
              disabled={spans.length === 1}
              onClick={() =>
                onChange(
                  spans.filter((_, at) => at !== i),
                  direct,
                )
              }
            >
              ✕
            </button>
            {times !== 1 && (
              <p class="falls" role="status">
                {times === 0 ? say('edit.notThere') : say('edit.severalTimes')}
              </p>
            )}
          </div>
        );
      })}
      {text !== undefined && (
        <>
          <p class="muted">
            {chosen ? (
              <>
                {say('edit.selected')} <bdi dir="auto">{cut(chosen.exact)}</bdi>
              </>
            ) : (
              say('edit.select')
            )}
          </p>
          <p class="buttons">
            <button type="button" disabled={!chosen} onClick={() => chosen && onChange([chosen], direct)}>
              {say('edit.useSelection')}
            </button>
            <button type="button" disabled={!chosen} onClick={() => chosen && onChange([...spans, chosen], direct)}>
              {say('edit.addSelection')}
            </button>
          </p>
        </>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={direct}
          onChange={(event) => onChange(spans, event.currentTarget.checked)}
        />{' '}
        {say('edit.direct')}
      </label>
    </fieldset>
  );
}

function timesIn(text: string, words: string): number {
  return words === '' ? 0 : text.split(words).length - 1;
}

function cut(words: string): string {
  return words.length > 160 ? `${words.slice(0, 160)}…` : words;
}
