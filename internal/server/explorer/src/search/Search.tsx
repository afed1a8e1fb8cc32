import { computed, signal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { useAnswer } from '../api/answer';
import { Search as SearchQuery, type SearchQuery as Data } from '../api/types';
import { language, t } from '../i18n/messages';
import { Text } from '../parts/Named';
import { open as openDetails } from '../state/opened';
import { part, select, view } from '../state/store';

type Edge = Data['search']['edges'][number];

const text = signal('');
const active = signal(-1);
const open = signal(false);
const knownAt = part((current) => current.knownAt);

const variables = computed(() => {
  const words = text.value.trim();
  return words === '' ? undefined : { text: words, languages: [language.value], knownAt: knownAt.value ?? null };
});

/** A search box with suggestions in any script: the combobox of WAI-ARIA. A choice filters, or opens an event. */
export function Search() {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const answer = useAnswer(SearchQuery, variables).value;
  const edges = answer.data?.search.edges ?? [];
  const expanded = open.value && text.value.trim() !== '';

  const choose = (edge: Edge) => {
    open.value = false;
    text.value = '';
    const { node } = edge;
    const { actors, places } = view.peek().selection;
    if (node.__typename === 'Actor') select({ actors: [...new Set([...actors, node.id])] });
    else if (node.__typename === 'Location') select({ places: [...new Set([...places, node.id])] });
    else openDetails({ event: node.id });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = edges[active.value];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      open.value = true;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      active.value = edges.length === 0 ? -1 : (active.value + step + edges.length) % edges.length;
    } else if (event.key === 'Enter' && expanded && chosen) {
      event.preventDefault();
      choose(chosen);
    } else if (event.key === 'Escape') {
      if (expanded) open.value = false;
      else text.value = '';
    }
  };
  return (
    <div class="search">
      <input
        ref={input}
        type="search"
        role="combobox"
        list={undefined}
        dir="auto"
        maxLength={200}
        aria-label={t('search.label')}
        placeholder={t('search.label')}
        aria-autocomplete="list"
        aria-expanded={expanded}
        aria-controls={`${id}-list`}
        aria-activedescendant={expanded && active.value >= 0 ? `${id}-${active.value}` : undefined}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          active.value = -1;
          open.value = true;
        }}
        onFocus={() => (open.value = true)}
        onBlur={() => (open.value = false)}
        onKeyDown={onKeyDown}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={t('search.results')} hidden={!expanded}>
        {edges.map((edge, i) => (
          <li
            key={edge.node.id}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === active.value}
            onPointerDown={(event) => event.preventDefault()} // keeps the focus in the box
            onClick={() => choose(edge)}
          >
            <Result edge={edge} />
          </li>
        ))}
      </ul>
      <span role="status" class="hidden">
        {expanded &&
          answer.data &&
          (edges.length > 0 ? t('search.count', { count: edges.length }) : t('search.none'))}
      </span>
      {expanded && answer.data && edges.length === 0 && <p class="search-none">{t('search.none')}</p>}
    </div>
  );
}

function Result({ edge }: { edge: Edge }) {
  const { node, matched, near } = edge;
  const label = 'label' in node ? node.label : { value: node.id, language: null, direction: 'LTR' };
  return (
    <>
      <span class="muted">{t(`type.${node.__typename as 'Actor' | 'Location' | 'Event'}`)}</span>{' '}
      <Text label={label} />
      {matched !== label.value && (
        <>
          {' '}
          <bdi class="muted">{matched}</bdi>
        </>
      )}
      {near && <span class="muted"> {t('search.near')}</span>}
    </>
  );
}
