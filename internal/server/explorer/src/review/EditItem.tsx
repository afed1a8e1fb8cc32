import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { say } from '../i18n/review';
import { edited } from '../proposal/decisions';
import { type Fields, fieldsOf, sameContent, withFields } from '../proposal/edit';
import { contentOf, keyOf, without } from '../proposal/items';
import type { Item, Json } from '../proposal/types';
import { ContentFields } from './ContentFields';
import { closeTool, decided, decideSelected, proposal } from './state';

/** Changes an item's content: in a form with the common fields, or all of it as JSON. */
export function EditItem({ item, content }: { item: Item; content: Json }) {
  const own = proposal.value;
  const before = decided.value.get(keyOf(item));
  const save = (next: Json) => {
    const same = own !== undefined && sameContent(next, contentOf(own, item));
    decideSelected(edited(before, same ? undefined : next), { move: false });
  };
  return <ContentForm type={item.type} content={withoutClaims(item, content)} onSave={save} onClose={closeTool} />;
}

/** The claims of an event have items of their own. Those of a tie stay as they are. */
function withoutClaims(item: Item, content: Json): Json {
  return item.type === 'event' ? without(content, 'claims') : content;
}

interface Properties {
  type: string;
  content: Json;
  onSave: (next: Json) => void;
  onClose: () => void;
  /** Fields before those of the content. */
  children?: ComponentChildren;
}

/** A form of a record or a claim. */
export function ContentForm({ type, content, onSave, onClose, children }: Properties) {
  const [fields, setFields] = useState<Fields>(() => fieldsOf(type, content));
  const [base, setBase] = useState(content);
  const [json, setJson] = useState<string | undefined>(undefined);
  const [wrong, setWrong] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
    form.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const next = withFields(type, base, fields);

  const change = (changes: Fields) => {
    setFields({ ...fields, ...changes });
    setJson(undefined);
    setWrong(false);
  };
  const write = (text: string) => {
    setJson(text);
    try {
      const value = JSON.parse(text) as unknown;
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return setWrong(true);
      setBase(value as Json);
      setFields(fieldsOf(type, value as Json));
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (!wrong) onSave(json === undefined ? next : base);
  };
  return (
    <form class="edit" ref={form} onSubmit={submit}>
      {children}
      <ContentFields type={type} fields={fields} onChange={change} />
      <details>
        <summary>{say('edit.all')}</summary>
        <label>
          <span class="hidden">{say('edit.json')}</span>
          <textarea
            rows={12}
            dir="ltr"
            spellcheck={false}
            aria-invalid={wrong}
            value={json ?? JSON.stringify(next, null, 2)}
            onInput={(event) => write(event.currentTarget.value)}
          />
        </label>
        {wrong && (
          <p class="failure" role="alert">
            {say('edit.wrong')}
          </p>
        )}
      </details>
      <p class="buttons">
        <button type="submit" class="main" disabled={wrong}>
          {say('edit.save')}
        </button>
        <button type="button" onClick={onClose}>
          {say('cancel')}
        </button>
      </p>
    </form>
  );
}
