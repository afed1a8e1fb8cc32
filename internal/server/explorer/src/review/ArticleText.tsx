import { useEffect, useMemo, useRef } from 'preact/hooks';
import { say } from '../i18n/review';
import {
  type ItemKey,
  currentOf,
  documentOf,
  keyOf,
  sentencesOf,
  textOfDocument,
  wordsOf,
} from '../proposal/items';
import { type Segment, segments } from '../proposal/marks';
import { takeSelection } from './selection';
import { decided, falls, items, proposal, select, selected } from './state';

/** The text of the article. The words of the chosen item are marked; a click on marked words chooses their item. */
export function ArticleText() {
  const own = proposal.value;
  const [all, now] = [items.value, decided.value];
  const text = own ? textOfDocument(own) : '';
  const parts = useMemo(() => {
    if (!own) return [];
    const places = all
      .filter(({ type }) => type !== 'document')
      .map((item) => {
        const key = keyOf(item);
        const content = currentOf(own, item, now.get(key)?.edited);
        const words = item.type === 'claim' || item.type === 'affiliation' ? wordsOfItem(item.type, content) : [];
        return { key, sentences: sentencesOf(all, item), words };
      });
    return segments(text, places);
  }, [own, all, now, text]);

  const article = useRef<HTMLDivElement>(null);
  const chosen = selected.value;
  useEffect(() => {
    const marks = article.current?.querySelectorAll('.chosen');
    const mark = [...(marks ?? [])].find((each) => each.localName === 'mark') ?? marks?.[0];
    const box = article.current;
    if (!mark || !box) return;
    const [top, height] = [mark.getBoundingClientRect().top - box.getBoundingClientRect().top, box.clientHeight];
    if (top < 40 || top > height - 80) box.scrollBy({ top: top - height / 3 });
  }, [chosen, parts]);
  useEffect(() => takeSelection(article, text), [text]);

  const choose = (segment: Segment) => {
    const [first, ...rest] = [...new Set([...segment.words, ...segment.sentences])];
    if (first === undefined || !getSelection()?.isCollapsed) return;
    const keys = [first, ...rest];
    const at = keys.indexOf(selected.peek() ?? '');
    select(keys[(at + 1) % keys.length] ?? first);
  };
  const language = own && documentOf(own)?.['language'];
  return (
    <section
      class="article-text"
      aria-label={say('tabs.text')}
      tabIndex={0}
      ref={article}
      dir="auto"
      lang={typeof language === 'string' ? language : undefined}
    >
      {parts.map((segment) => (
        <Part key={segment.start} segment={segment} chosen={chosen} onChoose={choose} />
      ))}
    </section>
  );
}

/** A tie has its words in its claims. */
function wordsOfItem(type: string, content: ReturnType<typeof currentOf>) {
  if (type !== 'affiliation') return wordsOf(content);
  const claims = Array.isArray(content?.['claims']) ? (content['claims'] as Record<string, unknown>[]) : [];
  return claims.flatMap(wordsOf);
}

interface PartProperties {
  segment: Segment;
  chosen: ItemKey | undefined;
  onChoose: (segment: Segment) => void;
}

function Part({ segment, chosen, onChoose }: PartProperties) {
  const { start, text, words, sentences } = segment;
  if (words.length === 0 && sentences.length === 0) return <span data-start={start}>{text}</span>;
  const has = (keys: readonly ItemKey[]) => chosen !== undefined && keys.includes(chosen);
  const state = stateOf([...words, ...sentences]);
  const properties = { 'data-start': start, onClick: () => onChoose(segment) };
  if (has(words)) {
    return (
      <mark class={`chosen ${state}`} {...properties}>
        {text}
      </mark>
    );
  }
  return (
    <span class={`part ${state}${has(sentences) ? ' chosen' : ''}`} {...properties}>
      {text}
    </span>
  );
}

/** Whether anything about these items is still to be decided, else whether any is accepted. */
function stateOf(keys: readonly ItemKey[]): 'open' | 'taken' | 'left' {
  const now = decided.value;
  if (keys.some((key) => !now.has(key) && !falls.value.has(key))) return 'open';
  return keys.some((key) => now.get(key)?.verdict === 'ACCEPT' && !falls.value.has(key)) ? 'taken' : 'left';
}
