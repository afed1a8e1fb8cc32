// Shared by the programs that test Casus in a browser: starting Chromium, and counted checks.
import { chromium } from 'playwright-core';

export const timeout = 60_000; // milliseconds, for a busy machine

const faults = [];
let passed = 0;
let failed = 0;

/** Starts Chromium with further arguments. The variable CHROMIUM is its path; the default is /usr/bin/chromium. */
export function launch(...args) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', ...args,
    ],
  });
}

/** Records an error that a page reported. It fails the running check. */
export const fault = (what) => faults.push(what);

/** Runs one check and reports whether it passed. It also fails if the page reports an error meanwhile. */
export async function check(name, body) {
  const problems = [];
  try {
    await body();
  } catch (error) {
    problems.push(error.message);
  }
  problems.push(...faults.splice(0));
  if (problems.length === 0) {
    passed++;
  } else {
    failed++;
    console.error(`FAIL ${name}\n    ${problems.join('\n    ')}`);
  }
  return problems.length === 0;
}

/** Throws unless two values have the same JSON. */
export function equal(what, got, want) {
  const [g, w] = [got, want].map((value) => JSON.stringify(value));
  if (g !== w) throw new Error(`${what}: ${g?.slice(0, 600)}, want ${w}`);
}

/** Waits until `ready` returns true for the result of `read`. Polling in the page itself would break its policy. */
export async function until(what, read, ready) {
  const end = Date.now() + timeout;
  for (;;) {
    const got = await read();
    if (ready(got)) return got;
    if (Date.now() > end) {
      const last = JSON.stringify(String(got).slice(0, 400));
      throw new Error(`waited ${timeout / 1000} s for ${what}; got ${last}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Ends the program: prints the counts, and exits with 1 if a check failed. */
export function finish(name) {
  console.log(`${name}: ${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}
