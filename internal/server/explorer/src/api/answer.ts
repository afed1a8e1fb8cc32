// Answers that follow the state: a query is sent when its variables change, and only the latest one is answered.
import { effect, signal, type ReadonlySignal } from '@preact/signals';
import { useContext, useEffect, useMemo } from 'preact/hooks';
import { PanelContext } from '../state/panel';
import type { Panel } from '../state/view';
import { ApiError, ask, ConnectionError } from './client';
import { connection, reconnected } from './connection';
import { waitOf } from './late';
import { addQuestion } from './questions';
import { type Operation, textOf } from './operation';
import { beforeQuestion, changed, revision, round } from './revision';

/** The state of an answer. While a new one is loading, `data` is the previous one, with its variables. */
export interface Answer<Data, Variables = unknown> {
  data: Data | undefined;
  variables?: Variables | undefined;
  error: ApiError | undefined;
  loading: boolean;
}

/** Whether the server refuses to answer, because the reader has not signed in. */
export const refused = signal(false);

/** The least time between two requests of a query, in milliseconds. Dragging changes variables 60 times a second. */
const settle = 120;
const firstRetry = 1000;
const lastRetry = 30_000;

/**
 * Sends a query whenever its variables change, and in each round, until `stop` is called; not if the variables are
 * undefined. A request that the server does not answer is repeated, at growing intervals, and as soon as the server is
 * there again. `panel` is the panel that shows the answer.
 */
export function follow<Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: ReadonlySignal<Variables | undefined>,
  panel?: Panel,
): { answer: ReadonlySignal<Answer<Data, Variables>>; stop: () => void } {
  const answer = signal<Answer<Data, Variables>>({ data: undefined, error: undefined, loading: false });
  let running: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = waitOf(panel);
  let lastAsked = -settle;
  let lastRound = round.peek();
  let waiting: Variables | undefined; // until the server answers again
  let answered: { variables: Variables; data: Data } | undefined;
  const remove = addQuestion(() => ({ panel, query: textOf(operation), variables: variables.peek(), answered }));

  const cancel = () => {
    clearTimeout(timer);
    running?.abort(new DOMException('another question was asked', 'AbortError'));
    running = waiting = undefined;
  };
  const run = async (values: Variables, retry: number) => {
    const controller = (running = new AbortController());
    lastAsked = performance.now();
    waiting = undefined;
    try {
      const fresh = await askOnce(operation, values, controller.signal);
      if (running !== controller) return;
      const data = answered && sameText(answered.data, fresh) ? answered.data : fresh;
      connection.value = 'up';
      answered = { variables: values, data };
      wait.end();
      answer.value = { data, variables: values, error: undefined, loading: false };
    } catch (error) {
      if (running !== controller) return;
      if (error instanceof ConnectionError) {
        connection.value = error.reason;
        waiting = values;
        timer = setTimeout(() => void run(values, Math.min(2 * retry, lastRetry)), retry);
      } else if (error instanceof ApiError) {
        connection.value = 'up';
        wait.end();
        answered = undefined;
        refused.value ||= error.code === 'UNAUTHENTICATED';
        answer.value = { data: undefined, error: refused.peek() ? undefined : error, loading: false };
      } else {
        throw error;
      }
    }
  };
  const stopWaiting = reconnected.subscribe(() => {
    if (waiting === undefined) return;
    clearTimeout(timer);
    void run(waiting, firstRetry);
  });
  const dispose = effect(() => {
    const [values, now] = [variables.value, round.value];
    if (values !== undefined && now === lastRound) beforeQuestion();
    lastRound = now;
    cancel();
    if (values === undefined) {
      wait.end();
      answer.value = { data: undefined, error: undefined, loading: false };
      return;
    }
    answer.value = { ...answer.peek(), loading: true };
    wait.start();
    const pause = Math.max(0, lastAsked + settle - performance.now());
    timer = setTimeout(() => void run(values, firstRetry), pause);
  });
  return {
    answer,
    stop: () => {
      dispose();
      stopWaiting();
      cancel();
      wait.end();
      remove();
    },
  };
}

/** Sends a query while a component is shown; see `follow`. */
export function useAnswer<Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: ReadonlySignal<Variables | undefined>,
): ReadonlySignal<Answer<Data, Variables>> {
  const panel = useContext(PanelContext);
  const followed = useMemo(() => follow(operation, variables, panel), [operation, variables, panel]);
  useEffect(() => followed.stop, [followed]);
  return followed.answer;
}

/** Returns a hook that sends a query while any component uses it, and shares its answer among them; see `follow`. */
export function shared<Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: ReadonlySignal<Variables | undefined>,
): () => ReadonlySignal<Answer<Data, Variables>> {
  let followed: ReturnType<typeof follow<Data, Variables>> | undefined;
  let users = 0;
  return () => {
    const { answer } = useMemo(() => (followed ??= follow(operation, variables)), []);
    useEffect(() => {
      users++;
      return () => {
        if (--users > 0) return;
        followed?.stop();
        followed = undefined;
      };
    }, []);
    return answer;
  };
}

/** Reports whether two answers are the same, so that a view need not be drawn again. */
function sameText(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Answers of the current revision, the most recently used last. */
const cache = new Map<string, unknown>();
const mostCached = 100;
let cachedRevision: string | undefined;

async function askOnce<Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  signal: AbortSignal,
): Promise<Data> {
  const asked = revision.peek();
  if (asked !== cachedRevision) {
    cache.clear();
    cachedRevision = asked;
  }
  const key = operation.name + JSON.stringify(variables);
  if (cache.has(key)) {
    const data = cache.get(key) as Data;
    cache.delete(key);
    cache.set(key, data);
    return data;
  }
  const data = await ask(operation, variables, signal);
  if (asked !== undefined && asked === revision.peek() && !changed.peek()) {
    cache.set(key, data);
    const [oldest] = cache.keys();
    if (cache.size > mostCached && oldest !== undefined) cache.delete(oldest);
  }
  return data;
}
