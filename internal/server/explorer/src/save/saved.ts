// What a page that was saved as one file holds: the view, and the answers that it shows.
import { format, parse } from '../state/address';
import { initialView, type View } from '../state/view';

/** A question with its answer. */
export interface SavedAnswer {
  query: string;
  variables: unknown;
  data: unknown;
}

export interface Saved {
  /** The address of the page that was saved. */
  source: string;
  /** The view, as the fragment of an address. */
  view: string;
  /** When it was saved (RFC 3339). */
  at: string;
  /** The program's version, and the graph's revision if it is known. */
  version: string;
  revision?: string;
  answers: SavedAnswer[];
  /** Of how many of the selected events the evidence is among the answers. */
  evidence: { count: number; all: number };
  /** Names of nodes; see parts/names. */
  names: [key: string, label: unknown][];
  /** Files of the build by their names; see api/files. */
  files: [name: string, content: unknown][];
}

/** Variables that follow from the size of a screen and from where a drawing is looked at. */
const varying = ['filter', 'window', 'interval', 'zoom', 'languages'];

/** Returns the answer to a question: to the very same one or, for the saved selection, to one that looks elsewhere. */
export function answerOf(saved: Saved, query: string, variables: unknown, view: View): unknown {
  const own = saved.answers.filter((answer) => answer.query === query);
  const same = own.find((answer) => keyOf(answer.variables) === keyOf(variables));
  if (same) return same.data;
  if (selectionOf(view) !== selectionOf(parse(saved.view))) return undefined;
  return own.find((answer) => keyOf(answer.variables, varying) === keyOf(variables, varying))?.data;
}

/** Returns equal texts for variables that are equal, except for some of them. */
function keyOf(variables: unknown, except: readonly string[] = []): string {
  const entries = Object.entries(variables as Record<string, unknown>).filter(
    ([name, value]) => !except.includes(name) && value !== undefined && value !== null,
  );
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function selectionOf({ selection, knownAt, comparedWith, lanes }: View): string {
  return format({
    ...initialView,
    selection,
    lanes,
    ...(knownAt !== undefined && { knownAt }),
    ...(comparedWith !== undefined && { comparedWith }),
  });
}

/** Returns a page that shows what was saved, without any request, when it is opened as a file. */
export function pageOf(saved: Saved, { title, script, style }: { title: string; script: string; style: string }) {
  const policy =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; font-src data:; img-src data: blob:";
  return `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="casus-version" content="${attribute(saved.version)}">
<title>${attribute(title)}</title>
<style>${style.replace(/<\//g, '<\\/')}</style>
</head>
<body>
<div id="app"></div>
<noscript>This page needs JavaScript.</noscript>
<script type="application/json" id="saved">${JSON.stringify(saved).replace(/</g, '\\u003c')}</script>
<script type="module">${script.replace(/<(?=\/script|!--|script)/gi, '\\x3c')}</script>
</body>
</html>
`;
}

function attribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
