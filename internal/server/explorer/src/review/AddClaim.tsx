import { useState } from 'preact/hooks';
import { say } from '../i18n/review';
import { blankClaim, blankEvent } from '../proposal/added';
import { type Fields, fieldsOf, withFields } from '../proposal/edit';
import { documentOf, isClaim } from '../proposal/items';
import type { Proposal } from '../proposal/types';
import { ContentFields } from './ContentFields';
import { ContentForm } from './EditItem';
import { selection } from './selection';
import { addClaim, closeTool, current, items } from './state';

/** Adds a claim by hand: on the words that are selected in the text, about an event of the proposal or a new one. */
export function AddClaim({ own }: { own: Proposal }) {
  const events = items.value.filter((item) => item.type === 'event' && !isClaim(item));
  const [claim] = useState(() => blankClaim(selection.peek(), documentOf(own)?.['language']));
  const [event] = useState(() => blankEvent(own));
  const [record, setRecord] = useState(() => {
    const chosen = events.find((each) => each.record === current.peek()?.record) ?? events[0];
    return chosen?.record ?? 0; // 0: a new event
  });
  const [fields, setFields] = useState<Fields>(() => fieldsOf('event', event));
  return (
    <section class="add" aria-labelledby="add-title">
      <h2 id="add-title">{say('help.add')}</h2>
      <ContentForm
        type="claim"
        content={claim}
        onSave={(made) => addClaim(made, record === 0 ? withFields('event', event, fields) : record)}
        onClose={closeTool}
      >
        <label>
          {say('add.event')}
          <select value={String(record)} onChange={(change) => setRecord(Number(change.currentTarget.value))}>
            {events.map((each) => (
              <option key={each.record} value={String(each.record)}>
                {each.label}
              </option>
            ))}
            <option value="0">{say('add.newEvent')}</option>
          </select>
        </label>
        {record === 0 && (
          <fieldset>
            <legend>{say('add.newEvent')}</legend>
            <ContentFields type="event" fields={fields} onChange={(next) => setFields({ ...fields, ...next })} />
          </fieldset>
        )}
      </ContentForm>
    </section>
  );
}
