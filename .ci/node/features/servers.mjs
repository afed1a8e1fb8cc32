// Servers of the feature tests: each is `casus serve` on a store of its own, from its first use to the end of the run.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = import.meta.dirname;

/** Where data sets lie as their publishers ship them; see CONTRIBUTING.md. */
const data = process.env.CASUS_TEST_DATA ?? path.join(here, '../../../../shared/data');
const ucdp = path.join(data, 'ucdp/ged_ukraine_2014_2021.csv');

/** The graphs, each with the arguments of `casus load` and `casus serve` that make it. */
const graphs = {
  sample: { serve: ['--sample'] },
  fictional: { serve: ['--sample=fictional'] },
  // Invented events with each class of time, each precision of a place, each state of a span and each kind of number.
  marks: { load: ['--keep-text', path.join(here, 'marks.jsonl')] },
  ucdp: { load: ['--format=ucdp-ged', '--release=24.1', ucdp] },
};

/** Returns why the real file cannot be used, or undefined. */
export const missingUcdp = () => (existsSync(ucdp) ? undefined : `no ${ucdp}`);

/** Starts servers of a program by the names of their graphs, and stops them with `close`. */
export async function startServers(program) {
  const folder = await mkdtemp(path.join(tmpdir(), 'casus-features-'));
  const started = new Map();
  const processes = [];

  async function start(name) {
    const { load, serve = [] } = graphs[name];
    const store = `--store=sqlite:${path.join(folder, `${name}.db`)}`;
    if (load) await run(program, ['load', store, ...load]);
    const flags = ['--listen=127.0.0.1:0', '--allow-embed=http://article.test', ...serve];
    const server = spawn(program, ['serve', store, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
    processes.push(server);
    return addressOf(server, name);
  }

  return {
    /** Returns the address of a graph's server. */
    at(name) {
      if (!started.has(name)) started.set(name, start(name));
      return started.get(name);
    },
    async close() {
      const ends = processes.map((server) => new Promise((resolve) => server.on('exit', resolve)));
      for (const server of processes) server.kill('SIGTERM');
      await Promise.all(ends);
      await rm(folder, { recursive: true });
    },
  };
}

/** Returns the address that a server prints, when it answers. */
async function addressOf(server, name) {
  let printed = '';
  const found = await new Promise((resolve, reject) => {
    const read = (chunk) => {
      printed += chunk;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(printed);
      if (address) resolve(address[0]);
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.on('exit', (code) => reject(new Error(`the server of ${name} ended with ${code}: ${printed}`)));
  });
  while (!(await fetch(`${found}/readyz`).catch(() => undefined))?.ok) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return found;
}
