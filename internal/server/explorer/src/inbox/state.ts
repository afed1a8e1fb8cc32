// The article in the form of /inbox, which a reload in the same tab keeps.
import { effect, signal } from '@preact/signals';
import type { Article } from '../proposal/exchange';

export const emptyArticle: Article = {
  content: '',
  format: '',
  title: '',
  publisher: '',
  published: '',
  address: '',
  language: '',
};

interface Draft {
  article: Article;
  answers: string[];
  model: string;
}

const name = 'casus-inbox';

function read(): Draft {
  const empty = { article: emptyArticle, answers: [''], model: '' };
  try {
    return { ...empty, ...(JSON.parse(sessionStorage.getItem(name) ?? '{}') as Partial<Draft>) };
  } catch {
    return empty;
  }
}

const draft = read();
export const article = signal<Article>({ ...emptyArticle, ...draft.article });
export const answers = signal<string[]>(draft.answers);
export const model = signal(draft.model);

/** Keeps the form in the tab. An article that is too long for that is not kept. */
export function followDraft(): () => void {
  return effect(() => {
    const text = JSON.stringify({ article: article.value, answers: answers.value, model: model.value });
    try {
      sessionStorage.setItem(name, text);
    } catch {
      sessionStorage.removeItem(name);
    }
  });
}

export function clearDraft(): void {
  article.value = emptyArticle;
  answers.value = [''];
}
