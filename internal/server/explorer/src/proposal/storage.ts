// Proposals and decisions in the browser, so that a reload loses nothing. Each is under the hash of its document's
// text; the oldest go first. They are only in this browser, and the page removes one on request.
import type { Decision, Json, Proposal, Refusal } from './types';

export interface Stored {
  hash: string;
  title: string;
  proposal: Proposal;
  refused: Refusal[];
  decisions: [string, Decision][];
  curations: Json[];
  /** When it was stored, in milliseconds. */
  at: number;
}

const mostStored = 20;

/** Opens the database; undefined where the browser has none, such as in a private window. */
function open(): Promise<IDBDatabase | undefined> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open('casus-review', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('proposals', { keyPath: 'hash' });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(undefined);
      request.onblocked = () => resolve(undefined);
    } catch {
      resolve(undefined);
    }
  });
}

async function run<T>(
  mode: IDBTransactionMode,
  body: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T | undefined> {
  const database = await open();
  if (!database) return undefined;
  return new Promise((resolve) => {
    try {
      const transaction = database.transaction('proposals', mode);
      const request = body(transaction.objectStore('proposals'));
      const end = (value: T | undefined) => {
        database.close();
        resolve(value);
      };
      transaction.oncomplete = () => end(request.result);
      transaction.onabort = () => end(undefined);
      transaction.onerror = () => undefined; // then it is aborted
    } catch {
      database.close();
      resolve(undefined);
    }
  });
}

/** Stores a proposal with its decisions. It returns false if the browser does not store it. */
export async function put(stored: Stored): Promise<boolean> {
  const done = await run('readwrite', (store) => store.put(stored));
  const all = await list();
  for (const { hash } of all.slice(mostStored)) await remove(hash);
  return done !== undefined;
}

export function get(hash: string): Promise<Stored | undefined> {
  return run('readonly', (store) => store.get(hash) as IDBRequest<Stored>);
}

export async function remove(hash: string): Promise<void> {
  await run('readwrite', (store) => store.delete(hash));
}

/** Returns the stored proposals, the latest first. */
export async function list(): Promise<Stored[]> {
  const all = (await run('readonly', (store) => store.getAll() as IDBRequest<Stored[]>)) ?? [];
  return all.sort((a, b) => b.at - a.at);
}
