// Measures what moving the explorer's drawings takes: node frames.mjs BASE_URL
//
// The server has many events. The timeline and the map are dragged, one step a frame, as a hand does, and the processor
// time of all processes of Chromium is divided by the frames. What a browser without a graphics card needs for a frame
// depends on the machine, so the same is measured with a control: a page with one canvas as large as the window, of
// which each frame paints 5,000 rectangles. Only what exceeds both the budget and the ratio to the control fails. On
// every machine alike, a drag may paint no other drawing and change nothing else of the page.
import { check, finish, launch, timeout } from '../checks.mjs';
import { processorTime, treeOf } from './processor.mjs';
import { followRequests } from './views.mjs';

const base = process.argv[2]?.replace(/\/+$/, '');
if (!base) {
  console.error('usage: node frames.mjs BASE_URL');
  process.exit(2);
}
/** The most processor time of a frame, in milliseconds, and as a multiple of a frame of the control. */
const most = { milliseconds: 12, ratio: 1.5 };
const frames = 240;
/** The most changes of the rest of the page in a drag of so many frames: those of a panel that waits for an answer. */
const mostChanges = 0.2 * frames;

const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
context.setDefaultTimeout(timeout);

/** Runs a step in each of many frames, and returns the processor time of a frame. */
async function measure(page, step, argument = '') {
  // As one text, because the policy of the page allows no functions that are made of texts.
  const run = (count) => page.evaluate(`(async () => {
    for (let i = 0; i < ${count}; i++) {
      await new Promise(requestAnimationFrame);
      (${step})(i, ${JSON.stringify(argument)});
    }
  })()`);
  await run(30);
  const before = processorTime(pids());
  await run(frames);
  return (processorTime(pids()) - before) / frames;
}

/** Returns the processes of this browser: those that this program started. */
const pids = () => treeOf(process.pid).filter((pid) => pid !== process.pid);

/** Paints a frame of the control. */
function paintControl(i) {
  const context = document.querySelector('canvas').getContext('2d', { alpha: false, willReadFrequently: true });
  context.fillStyle = '#fff';
  context.fillRect(0, 0, 1280, 800);
  context.fillStyle = '#3a7fc1';
  for (let j = 0; j < 5000; j++) context.fillRect((j * 7 + i) % 1280, (j * 13) % 800, 9, 6);
}

/** Drags a drawing there and back, with the pointer down all the time. */
function drag(i, selector) {
  const canvas = document.querySelector(selector);
  const { left, top } = canvas.getBoundingClientRect();
  const at = { clientX: left + 200 + 3 * (i % 60 < 30 ? i % 30 : 30 - (i % 30)), clientY: top + 60 };
  const send = (type) => canvas.dispatchEvent(new PointerEvent(type, { ...at, pointerId: 1, bubbles: true }));
  canvas.setPointerCapture = () => undefined;
  if (i === 0) send('pointerdown');
  send('pointermove');
}

/** Counts the paints of each drawing, and the changes of the document. */
function startCounting() {
  window.counted = { changes: 0, paints: new Map() };
  const { fillRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillRect = function (...box) {
    const { width, height } = this.canvas;
    const whole = box[2] * devicePixelRatio >= width && box[3] * devicePixelRatio >= height;
    const { paints } = window.counted;
    if (whole) paints.set(this.canvas, (paints.get(this.canvas) ?? 0) + 1);
    fillRect.apply(this, box);
  };
  const observer = new MutationObserver((changes) => (window.counted.changes += changes.length));
  observer.observe(document, { subtree: true, attributes: true, childList: true, characterData: true });
}

/** Returns how often a drawing was painted since the last call, how often others were, and the changes. */
function takeCounts(selector) {
  const { changes, paints } = window.counted;
  const own = document.querySelector(selector);
  const others = [...paints].filter(([canvas]) => canvas !== own && canvas.isConnected);
  window.counted = { changes: 0, paints: new Map() };
  return { own: paints.get(own) ?? 0, others: others.reduce((sum, [, count]) => sum + count, 0), changes };
}

const control = await context.newPage();
await control.setContent('<canvas width="1280" height="800"></canvas>');
const ofControl = await measure(control, paintControl);
await control.close();

const page = await context.newPage();
const settled = followRequests(page);
await page.goto(`${base}/explore`);
await page.locator('.panel-list .event').first().waitFor();
await settled();
for (const panel of ['timeline', 'map']) {
  await check(`frames of the ${panel}`, async () => {
    const each = await measure(page, drag, `.panel-${panel} canvas`);
    await settled();
    const ratio = each / ofControl;
    console.log(`${panel}: ${each.toFixed(1)} ms of processor time a frame, ${ratio.toFixed(2)} of the control`);
    if (each > most.milliseconds && ratio > most.ratio) {
      throw new Error(`${each.toFixed(1)} ms, at most ${most.milliseconds} or ${most.ratio} times the control`);
    }
  });
}
await page.evaluate(startCounting);
for (const panel of ['timeline', 'map']) {
  await check(`what a drag of the ${panel} paints`, async () => {
    const selector = `.panel-${panel} canvas`;
    await page.evaluate(takeCounts, selector);
    await measure(page, drag, selector);
    const { own, others, changes } = await page.evaluate(takeCounts, selector);
    await settled();
    console.log(`${panel}: painted ${own} times, other drawings ${others} times, ${changes} changes of the page`);
    if (own < frames / 2 || others > mostChanges || changes > mostChanges) {
      throw new Error(`at least ${frames / 2} paints, at most ${mostChanges} others and ${mostChanges} changes`);
    }
  });
}
await browser.close();
finish('frames');
