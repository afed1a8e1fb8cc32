import { computed, signal } from '@preact/signals';
import { useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useAnswer } from '../api/answer';
import { type NodeType, PickNode } from '../api/types';
import { language, t } from '../i18n/messages';
import { say } from '../i18n/review';
import { Failure } from '../parts/Failure';

export interface Choice {
  id: string;
  name: string;
  why?: string;
}

interface Properties {
  label: string;
  types: NodeType[];
  /** What is offered before anything is typed. */
  choices: readonly Choice[];
  chosen?: string | undefined;
  onChoose: (choice: Choice) => void;
  onClose?: () => void;
}

/** Chooses an offered node, or one found by its name in any script (the combobox of WAI-ARIA). */
export function Picker({ label, types, choices, chosen, onChoose, onClose }: Properties) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [active, setActive] = useState(0);
  const text = useMemo(() => signal(''), []);
  const kinds = types.join();
  const variables = useMemo(
    () =>
      computed(() => {
        const words = text.value.trim();
        return words === ''
          ? undefined
          : { text: words, languages: [language.value], types: kinds.split(',') as NodeType[] };
      }),
    [text, kinds],
  );
  const { data, error } = useAnswer(PickNode, variables).value;
  useLayoutEffect(() => input.current?.focus(), []);

  const words = text.value.trim().toLowerCase();
  const offered = choices.filter(({ name }) => name.toLowerCase().includes(words));
  const found = (words === '' ? [] : (data?.search.edges ?? []))
    .map(({ node, matched }) => ({ id: node.id, name: 'label' in node ? node.label.value : node.id, why: matched }))
    .filter((each) => !offered.some((other) => other.id === each.id))
    .map(({ why, ...each }) => (why === each.name ? each : { ...each, why }));
  const all: Choice[] = [...offered, ...found];
  const at = Math.min(active, all.length - 1);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (all.length > 0) setActive((at + (event.key === 'ArrowDown' ? 1 : -1) + all.length) % all.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const choice = all[at];
      if (choice) onChoose(choice);
    } else if (event.key === 'Escape' && onClose) {
      event.preventDefault();
      onClose();
    }
  };
  return (
    <div class="picker">
      <label>
        {label}
        <input
          ref={input}
          type="search"
          role="combobox"
          list={undefined}
          dir="auto"
          maxLength={200}
          autocomplete="off"
          aria-autocomplete="list"
          aria-expanded={all.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={all.length > 0 ? `${id}-${at}` : undefined}
          placeholder={say('picker.search')}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </label>
      <Failure error={error} />
      <ul id={`${id}-list`} role="listbox" aria-label={label} hidden={all.length === 0}>
        {all.map((choice, i) => (
          <li
            key={choice.id}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === at}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(choice)}
          >
            {choice.id === chosen && <span aria-hidden="true">✓ </span>}
            <bdi dir="auto">{choice.name}</bdi>
            {choice.why !== undefined && (
              <>
                {' '}
                <bdi class="muted">{choice.why}</bdi>
              </>
            )}
          </li>
        ))}
      </ul>
      <p role="status" class={all.length === 0 ? 'muted' : 'hidden'}>
        {all.length === 0
          ? words === ''
            ? say('picker.type')
            : t('search.none')
          : t('search.count', { count: all.length })}
      </p>
    </div>
  );
}
