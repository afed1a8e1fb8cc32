// Servers of small graphs, each with a store of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs a program to its end; it fails unless that succeeds. */
function run(program, ...args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve(said);
      else reject(new Error(`${args[0]}: exit code ${code}: ${said}`));
    });
  });
}

/** Loads records into a new store. It returns the store, a function that loads more, and one that removes it. */
export async function makeStore(casus, records) {
  const folder = mkdtempSync(join(tmpdir(), 'casus-hostile-'));
  const store = `sqlite:${folder}/graph.db`;
  const load = async (more) => {
    const file = join(folder, 'records.jsonl');
    writeFileSync(file, [...more].map((record) => `${JSON.stringify(record)}\n`).join(''));
    await run(casus, 'load', '--store', store, file);
  };
  await load(records);
  return { store, load, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Serves a store. It returns the server's address and a function that stops it and returns its exit code. */
export async function serve(casus, store, ...flags) {
  const child = spawn(casus, ['serve', '--store', store, '--listen', '127.0.0.1:0', ...flags]);
  const exit = new Promise((resolve) => child.on('exit', resolve));
  let said = '';
  const base = await new Promise((resolve, reject) => {
    child.stderr.on('data', (text) => {
      said += text;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (found) resolve(found[0]);
    });
    exit.then((code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  const stop = (signal = 'SIGTERM') => {
    child.kill(signal);
    return exit;
  };
  return { base, stop };
}

/** Serves a graph from a store of its own, which is removed when the server stops. */
export async function startGraph(casus, records, ...flags) {
  const { store, load, remove } = await makeStore(casus, records);
  const server = await serve(casus, store, ...flags);
  return { ...server, store, load, stop: () => server.stop().finally(remove) };
}
