// Follows the server while the page is looked at: new revisions of the graph, whether it is there, and what it reads
// before it can count.
import { effect, signal } from '@preact/signals';
import { refused } from './answer';
import { connection, reading, reconnected } from './connection';
import { changedTo } from './revision';
import { eventReader, type ServerEvent } from './sse';

/** A stream that ends is opened again after a wait that doubles from `firstWait` to `lastWait`, in milliseconds. */
const firstWait = 1000;
const lastWait = 30_000;
/** The wait after a refusal, such as one because of too many streams. */
const refusedWait = 60_000;
/** How long the server may send nothing: it sends something every 15 seconds. */
const longestSilence = 45_000;

/** How a stream ended: the server cannot be reached, it refused, it wants a token, or it has no such stream. */
type End = 'ended' | 'lost' | 'refused' | 'token' | 'none';

/** Whether the page is looked at. A page in the background has no stream. */
const looked = signal(!document.hidden);
document.addEventListener('visibilitychange', () => (looked.value = !document.hidden));

/** Follows the server. */
export function followServer(): void {
  effect(() => {
    if (!looked.value || refused.value) return undefined;
    const controller = new AbortController();
    void run(controller.signal);
    return () => controller.abort();
  });
}

async function run(signal: AbortSignal): Promise<void> {
  let wait = firstWait;
  const ended = () => signal.aborted;
  while (!ended()) {
    const opened = performance.now();
    const end = await read(signal);
    if (ended() || end === 'token' || end === 'none') return;
    if (end === 'lost') connection.value = 'lost';
    if (performance.now() - opened > lastWait) wait = firstWait;
    await pause(end === 'refused' ? refusedWait : wait * (0.5 + Math.random()), signal);
    wait = Math.min(2 * wait, lastWait);
  }
}

/** Reads one stream to its end. */
async function read(signal: AbortSignal): Promise<End> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  signal.addEventListener('abort', abort);
  let silence = setTimeout(abort, longestSilence);
  let end: End = 'lost';
  try {
    const response = await fetch('events', { signal: controller.signal, cache: 'no-store' });
    if (response.status === 401 || response.status === 403) return 'token';
    if (response.status === 404) return 'none';
    if (response.status === 502 || response.status === 504) return 'lost';
    if (!response.ok || !response.body) return 'refused';
    if (connection.peek() === 'lost') connection.value = 'up';
    reconnected.value++;
    end = 'ended';
    const events = eventReader();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return end;
      clearTimeout(silence);
      silence = setTimeout(abort, longestSilence);
      events(value).forEach(take);
    }
  } catch {
    return end;
  } finally {
    clearTimeout(silence);
    signal.removeEventListener('abort', abort);
  }
}

function take({ type, data }: ServerEvent): void {
  if (type === 'revision') changedTo((JSON.parse(data) as { revision: string }).revision);
  if (type === 'reading') {
    const now = JSON.parse(data) as { events: number; all: number; ready?: true };
    reading.value = now.ready ? undefined : now;
    if (now.ready) reconnected.value++;
  }
}

/** Waits until a time has passed, the network is there again, or a signal ends the wait. */
function pause(time: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      resolve();
    };
    const timer = setTimeout(end, time);
    addEventListener('online', end);
    signal.addEventListener('abort', end, { once: true });
  });
}
