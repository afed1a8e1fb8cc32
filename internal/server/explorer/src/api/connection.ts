// Whether the server answers, for the page to say it.
import { signal } from '@preact/signals';

/** `lost`: the server does not answer; `busy`: it cannot answer yet. Requests are repeated until it does. */
export const connection = signal<'up' | 'lost' | 'busy'>('up');

/** How often the server came back. Requests that wait for it are repeated at once when it changes. */
export const reconnected = signal(0);

/** How many of all events the server has read into memory, before which it cannot count; undefined when it can. */
export const reading = signal<{ events: number; all: number } | undefined>(undefined);
