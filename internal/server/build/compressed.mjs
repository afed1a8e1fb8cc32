// Writes the files of a build. fflate compresses, because the output of zlib differs between platforms.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';

// Each page has packages of its own; this file is outside of them.
const { gzipSync } = createRequire(path.resolve('package.json'))('fflate');

/** Writes only the gzipped file. The server inflates it for the rare client that does not accept gzip. */
export function compressed(folder, name, contents) {
  fs.writeFileSync(path.join(folder, `${name}.gz`), gzipSync(contents, { level: 9, mtime: 0 }));
}
