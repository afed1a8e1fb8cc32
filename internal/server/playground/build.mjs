// Builds the playground into dist. The same sources and lock file produce the same bytes on every machine: names carry
// a hash of the contents.
import { build } from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { licences } from '../build/licences.mjs';
import { compressed } from '../build/compressed.mjs';

const dist = path.resolve(import.meta.dirname, 'dist');
process.chdir(import.meta.dirname);

const options = {
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  target: 'es2022',
  outdir: 'assets',
  entryNames: '[name]-[hash]',
  chunkNames: 'chunk-[hash]',
  assetNames: '[name]-[hash]',
  loader: { '.ttf': 'file', '.woff2': 'file' },
  legalComments: 'none', // They are in THIRD_PARTY_LICENSES.txt.
  logLevel: 'warning',
};

const workers = await build({
  ...options,
  format: 'iife',
  entryPoints: {
    json: 'monaco-editor/esm/vs/language/json/json.worker.js',
    editor: 'monaco-editor/esm/vs/editor/editor.worker.js',
    graphql: 'monaco-graphql/esm/graphql.worker.js',
  },
});
const workerNames = Object.fromEntries(
  Object.keys(workers.metafile.outputs)
    .map((file) => path.basename(file))
    .map((file) => [file.split('-')[0], file]),
);

const page = await build({
  ...options,
  format: 'esm',
  splitting: true,
  jsx: 'automatic',
  entryPoints: { main: 'src/main.jsx' },
  // GraphiQL imports these by old names that resolve to CommonJS, whose exports a split bundle hides.
  alias: { 'prettier/parser-babel': 'prettier/plugins/babel', 'prettier/parser-graphql': 'prettier/plugins/graphql' },
  define: { 'process.env.NODE_ENV': '"production"', WORKERS: JSON.stringify(workerNames) },
});

const [script, style] = ['js', 'css'].map((extension) =>
  Object.keys(page.metafile.outputs)
    .map((file) => path.basename(file))
    .find((file) => file.startsWith('main-') && file.endsWith(`.${extension}`)),
);
const html = fs.readFileSync('src/index.html', 'utf8').replace('{{style}}', style).replace('{{script}}', script);

fs.rmSync(dist, { recursive: true, force: true });
fs.mkdirSync(path.join(dist, 'assets'), { recursive: true });
fs.writeFileSync(path.join(dist, 'index.html'), html);
fs.copyFileSync('src/favicon.svg', path.join(dist, 'favicon.svg'));
const texts = licences('The playground', workers.metafile, page.metafile);
await compressed(dist, 'THIRD_PARTY_LICENSES.txt', Buffer.from(texts));
for (const { path: file, contents } of [...workers.outputFiles, ...page.outputFiles]) {
  const name = path.join('assets', path.basename(file));
  // Styles of lazily loaded chunks: styles.css includes them.
  if (name.endsWith('.css') && !name.endsWith(style)) continue;
  if (name.endsWith('.woff2')) fs.writeFileSync(path.join(dist, name), contents); // Compressed already.
  else await compressed(dist, name, contents);
}
