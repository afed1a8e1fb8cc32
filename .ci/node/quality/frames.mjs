// Measures what moving the explorer's drawings takes: node frames.mjs BASE_URL
//
// The server has many events. The timeline and the map are dragged, one step a frame, as a hand does, and the processor
// time of all processes of Chromium is divided by the frames. What a browser without a graphics card needs for a frame
// depends on the machine, so the same is measured with a control: a page with one canvas as large as the window, of
// which each frame paints 5,000 rectangles. Only what exceeds both the budget and the ratio to the control fails.
import { check, finish, launch, timeout } from '../checks.mjs';
import { processorTime, treeOf } from './processor.mjs';
import { followRequests } from './views.mjs';

const base = process.argv[2]?.replace(/\/+$/, '');
if (!base) {
  console.error('usage: node frames.mjs BASE_URL');
  process.exit(2);
}
/** The most processor time of a frame, in milliseconds, and as a multiple of a frame of the control. */
const most = { milliseconds: 12, ratio: 2.2 };
const frames = 240;

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
await browser.close();
finish('frames');
