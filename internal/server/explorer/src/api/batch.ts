// Queries that are asked at nearly the same time, sent as one request.
import type { Response, Source } from './client';
import { merge, type Query, textOf } from './operation';

/** Sends one request to the API. */
export type Send = (body: { query: string; variables: unknown }, signal?: AbortSignal) => Promise<Response>;

interface Waiting extends Query {
  signal: AbortSignal | undefined;
  resolve: (response: Response) => void;
  reject: (reason: unknown) => void;
}

/** How long the first query waits for others, in milliseconds. */
const collecting = 15;
/** How many queries one request has at most. */
const most = 12;
/** Codes of errors that each query by itself would have, too. */
const common: readonly string[] = ['UNAUTHENTICATED', 'UNAVAILABLE'];

/**
 * Returns a source that sends the queries of a moment as one request. If the API refuses it, each of them is sent by
 * itself: one view may fail, and all together may cost too much.
 */
export function batched(send: Send): Source {
  let waiting: Waiting[] = [];
  const flush = () => {
    const asked = waiting.filter(({ signal }) => !signal?.aborted);
    waiting = [];
    for (let first = 0; first < asked.length; first += most) void sendAll(asked.slice(first, first + most), send);
  };
  return (operation, variables, signal) =>
    new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      if (waiting.push({ operation, variables, signal, resolve, reject }) === 1) setTimeout(flush, collecting);
    });
}

async function sendAll(asked: readonly Waiting[], send: Send): Promise<void> {
  const [only] = asked;
  if (!only) return;
  if (asked.length === 1) return sendOne(only, send);
  const { text, variables, split } = merge(asked);
  try {
    const response = await send({ query: text, variables }, allOf(asked));
    if (!response.errors) {
      const parts = split(response.data as Record<string, unknown>);
      asked.forEach(({ resolve }, i) => resolve({ data: parts[i] }));
    } else if (response.errors.some(({ extensions }) => common.includes(extensions?.code ?? ''))) {
      for (const { resolve } of asked) resolve(response);
    } else {
      await Promise.all(asked.filter(({ signal }) => !signal?.aborted).map((each) => sendOne(each, send)));
    }
  } catch (error) {
    for (const { reject } of asked) reject(error);
  }
}

async function sendOne({ operation, variables, signal, resolve, reject }: Waiting, send: Send): Promise<void> {
  try {
    resolve(await send({ query: textOf(operation), variables }, signal));
  } catch (error) {
    reject(error);
  }
}

/** Returns a signal that aborts when all signals have: the request is needed until then. */
function allOf(asked: readonly Waiting[]): AbortSignal {
  const controller = new AbortController();
  let needed = asked.length;
  for (const { signal } of asked) {
    signal?.addEventListener('abort', () => --needed === 0 && controller.abort(signal.reason), { once: true });
  }
  return controller.signal;
}
