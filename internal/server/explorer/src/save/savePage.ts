// Saves the page with the answers that it shows as one file, which opens without a server.
import { readFiles } from '../api/files';
import { questions } from '../api/questions';
import { knownNames } from '../parts/names';
import { origin } from '../share/now';
import { format } from '../state/address';
import { view } from '../state/store';
import { download } from './download';
import { readMore } from './more';
import { pageOf, type Saved, type SavedAnswer } from './saved';

/** The name of the script of saved pages in the build. */
declare const SAVED_SCRIPT: string;

/** Saves the page. `told` receives of how many events the evidence is read, while it is. */
export async function savePage(title: string, told: (done: number, all: number) => void): Promise<void> {
  const { address, at, version, revision } = origin(view.peek());
  const answers: SavedAnswer[] = questions().flatMap(({ query, answered }) =>
    answered ? [{ query, ...answered }] : [],
  );
  const { count, all, answers: more } = await readMore(told);
  answers.push(...more);
  const saved: Saved = {
    source: address,
    view: format(view.peek()),
    at,
    version,
    ...(revision !== undefined && { revision }),
    answers,
    evidence: { count, all: Math.max(count, all) },
    names: knownNames(),
    files: [...readFiles()],
  };
  const [script, style] = await Promise.all([read(new URL(SAVED_SCRIPT, import.meta.url)), styles()]);
  const page = pageOf(saved, { title, script, style });
  download('casus.html', new Blob([page], { type: 'text/html' }));
}

/** Returns the page's styles, with the font of Arabic script if the page is from right to left. */
async function styles(): Promise<string> {
  const link = document.querySelector<HTMLLinkElement>('link[rel=stylesheet]');
  const style = link ? await read(new URL(link.href)) : '';
  const rules = style.match(/@font-face\s*\{[^}]*\}/g) ?? [];
  let found = style;
  for (const rule of rules) {
    const file = /url\("?([^")]+)"?\)/.exec(rule)?.[1];
    const inlined = file !== undefined && document.documentElement.dir === 'rtl' && link;
    found = found.replace(rule, inlined ? rule.replace(file, await dataUrl(new URL(file, link.href))) : '');
  }
  return found;
}

async function read(file: URL): Promise<string> {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`${file.pathname}: status ${response.status}`);
  return response.text();
}

async function dataUrl(file: URL): Promise<string> {
  const content = await (await fetch(file)).blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(content);
  });
}
