// Writes the files of a build. Zopfli compresses, in WebAssembly: its output is 3 % smaller than zlib's, and the same
// on every machine.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

// Each page has packages of its own; this file is outside of them.
const zopfli = createRequire(path.resolve('package.json'))('@gfx/zopfli');

/** With `--draft` a build takes seconds and is larger: for tests, never for a commit. */
const draft = process.argv.includes('--draft');

/** Writes only the gzipped file. The server inflates it for the rare client that does not accept gzip. */
export async function compressed(folder, name, contents) {
  const gzipped = draft ? gzipSync(contents) : await zopfli.gzipAsync(contents, { numiterations: 15 });
  fs.writeFileSync(path.join(folder, `${name}.gz`), gzipped);
}
