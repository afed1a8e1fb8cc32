// A build of the explorer with a file more, for a page of a test.
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../../..');
const own = 'internal/server/explorer';
const types = { '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };

/** Builds the explorer's sources with a file of a name and a content in a folder, and returns where the build is. */
export async function buildWith(folder, name, content) {
  const copy = path.join(folder, own);
  await mkdir(copy, { recursive: true });
  await cp(path.join(root, 'internal/server/build'), path.join(folder, 'internal/server/build'), { recursive: true });
  for (const part of ['src', 'build.mjs', 'codegen.mjs', 'languages.mjs', 'package.json', 'tsconfig.json']) {
    await cp(path.join(root, own, part), path.join(copy, part), { recursive: true });
  }
  await symlink(path.join(root, own, 'node_modules'), path.join(copy, 'node_modules'));
  await symlink(path.join(root, 'schema'), path.join(folder, 'schema'));
  await writeFile(path.join(copy, name), content);
  await run('npm', ['run', 'build', '--', '--draft'], { cwd: copy });
  return path.join(copy, 'dist');
}

/** Lets the explorer's page and its files in a context be those of a build. */
export async function serveBuild(context, dist) {
  const page = await readFile(path.join(dist, 'index.html'), 'utf8');
  await context.route(/\/explore$/, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: page }));
  await context.route(/\/explore\/assets\//, async (route) => {
    const name = path.basename(new URL(route.request().url()).pathname);
    const file = path.join(dist, 'assets', name);
    const type = types[path.extname(name)];
    if (!type) return route.fulfill({ path: file });
    return route.fulfill({ contentType: `${type}; charset=utf-8`, body: gunzipSync(await readFile(`${file}.gz`)) });
  });
}
