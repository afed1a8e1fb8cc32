import { useState } from 'preact/hooks';
import { say } from '../i18n/review';
import { type ArticleFacts, askQuestion } from '../proposal/exchange';
import { Fault } from '../review/Fault';
import { access } from '../session/session';
import { article, clearDraft } from './state';

const parts = ['', 'parties', 'events', 'claims'] as const;

/** The article, and the question that is pasted into a chat. */
export function ArticleForm() {
  const [part, setPart] = useState<(typeof parts)[number]>('');
  const [asked, setAsked] = useState<{ question: string; facts: ArticleFacts } | undefined>(undefined);
  const [copied, setCopied] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const set = (changes: Partial<typeof article.value>) => {
    article.value = { ...article.value, ...changes };
    setAsked(undefined);
    setCopied(false);
  };
  const ask = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    setCopied(false);
    try {
      const { question, article: facts } = await askQuestion(article.value, part);
      setAsked({ question, facts });
      setCopied(await copy(question));
    } catch (fault) {
      setAsked(undefined);
      setError(fault);
    }
    setBusy(false);
  };
  const own = article.value;
  const line = (name: 'title' | 'address' | 'publisher' | 'language', dir: 'auto' | 'ltr') => (
    <label>
      {say(`article.${name}`)}
      <input
        dir={dir}
        maxLength={2000}
        spellcheck={false}
        value={own[name]}
        onInput={(event) => set({ [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <form class="article-form" onSubmit={(event) => void ask(event)} aria-labelledby="article-head">
      <h2 id="article-head">{say('article.head')}</h2>
      <label>
        {say('article.content')}
        <textarea
          rows={10}
          required
          dir="auto"
          spellcheck={false}
          value={own.content}
          onInput={(event) => set({ content: event.currentTarget.value })}
        />
      </label>
      <div class="grid">
        <label>
          {say('article.published')}
          <input
            type="date"
            value={own.published}
            onInput={(event) => set({ published: event.currentTarget.value })}
          />
        </label>
        {line('title', 'auto')}
        {line('publisher', 'auto')}
        {line('address', 'ltr')}
        {line('language', 'ltr')}
        <label>
          {say('article.format')}
          <select
            value={own.format}
            onChange={(event) => set({ format: event.currentTarget.value as typeof own.format })}
          >
            {(['', 'text', 'markdown', 'html'] as const).map((each) => (
              <option key={each} value={each}>
                {say(`format.${each === '' ? 'any' : each}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say('question.part')}
          <select value={part} onChange={(event) => setPart(event.currentTarget.value as typeof part)}>
            {parts.map((each) => (
              <option key={each} value={each}>
                {say(`part.${each === '' ? 'all' : each}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p class="muted">{say('article.why')}</p>
      <p class="buttons">
        <button type="submit" class="main" disabled={busy || access.value !== 'write'}>
          {say('question.copy')}
        </button>
        <button type="button" onClick={clearDraft}>
          {say('article.clear')}
        </button>
        <span role="status">{copied && say('question.copied')}</span>
      </p>
      <Fault error={error} />
      {asked && (
        <>
          <p class="muted">
            <bdi dir="auto">{asked.facts.title}</bdi> · <bdi dir="ltr">{asked.facts.published}</bdi> ·{' '}
            {say('question.sentences', { count: asked.facts.sentences })}
          </p>
          <details open={!copied}>
            <summary>{say('question.show')}</summary>
            <textarea rows={8} readOnly dir="auto" aria-label={say('question.show')} value={asked.question} />
          </details>
        </>
      )}
    </form>
  );
}

/** Copies a text. It returns false where the browser does not let the page do it: the text is shown then. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
