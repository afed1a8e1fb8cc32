// Measures what a step of the explorer's "known on" slider takes: node slider.mjs BASE_URL PROCESS
//
// The server has many events, and PROCESS is its id. For each step the page asks again for all views. They may take the
// server half a second of processor time: the time of a clock depends on what else the machine does,
// and is only printed. Before that the page says the moment, within 100 ms of its main thread.
import { check, finish, launch, timeout } from '../checks.mjs';
import { processorTime } from './processor.mjs';
import { followRequests } from './views.mjs';

const [address, server] = process.argv.slice(2);
const base = address?.replace(/\/+$/, '');
if (!base || !(Number(server) > 0)) {
  console.error('usage: node slider.mjs BASE_URL PROCESS');
  process.exit(2);
}
/** The most processor time of a step, in milliseconds: of the server for all views, of the page's thread to say it. */
const most = { views: 500, feedback: 100 };
const steps = 8;
/** The page asks for the views a little after a step, in milliseconds. */
const pause = 400;

const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
context.setDefaultTimeout(timeout);
const page = await context.newPage();
const settled = followRequests(page);
await page.goto(`${base}/explore`);
await page.locator('.panel-list .event').first().waitFor();
await settled();

const session = await context.newCDPSession(page);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });

/** Returns the milliseconds of processor time that the tasks of the page's main thread took. */
async function ofPage() {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
}

const ofServer = () => processorTime([Number(server)]);
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Moves the handle, and returns the milliseconds until the page says the moment, which the views follow. */
const move = (part) => page.locator('.slider input[type=range]').first().evaluate(async (handle, to) => {
  const before = handle.getAttribute('aria-valuetext');
  const started = performance.now();
  handle.value = String(Number(handle.min) + (Number(handle.max) - Number(handle.min)) * to);
  handle.dispatchEvent(new Event('input', { bubbles: true }));
  while (handle.getAttribute('aria-valuetext') === before && performance.now() - started < 5000) {
    await new Promise(requestAnimationFrame);
  }
  return performance.now() - started;
}, part);

const found = { views: [], feedback: [], clock: [] };
for (let i = 0; i < steps; i++) {
  const before = { server: ofServer(), page: await ofPage() };
  const started = performance.now();
  const clock = await move((i + 1) / (steps + 2));
  found.feedback.push((await ofPage()) - before.page);
  await page.waitForTimeout(pause);
  await settled();
  found.views.push(ofServer() - before.server);
  found.clock.push([Math.round(clock), Math.round(performance.now() - started)].join(' and '));
}
console.log(`milliseconds of the clock, to the feedback and to all views: ${found.clock.join('; ')}`);
for (const [name, times] of [['views', found.views], ['feedback', found.feedback]]) {
  await check(`processor time of a step: ${name}`, () => {
    const all = times.map(Math.round).join(', ');
    console.log(`${name}: ${all} ms of processor time, at most ${most[name]} in the middle`);
    if (!(median(times) <= most[name])) throw new Error(`${median(times)} ms, at most ${most[name]}`);
  });
}
await browser.close();
finish('slider');
