// Writes the files of a build. pako, which is zlib in JavaScript, compresses, because the output of the zlib of Node
// differs between its versions and platforms.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';

// Each page has packages of its own; this file is outside of them.
const { gzip } = createRequire(path.resolve('package.json'))('pako');

/** Writes only the gzipped file. The server inflates it for the rare client that does not accept gzip. */
export function compressed(folder, name, contents) {
  fs.writeFileSync(path.join(folder, `${name}.gz`), gzip(contents, { level: 9, header: { time: 0 } }));
}
