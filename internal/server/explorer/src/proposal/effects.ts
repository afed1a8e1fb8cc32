// What a load changes, in rows of before and after.
import type { Estimate, EventEffect, EventState, Toll } from './types';

/** A value of an event that moves. `what` names it: status, modality, time, toll.KILLED, disagreements. */
export interface Move {
  what: 'status' | 'modality' | 'time' | 'toll' | 'disagreements';
  /** What a toll counts. */
  count?: { kind: string; unit?: string; population?: string };
  before: Estimate | string | undefined;
  after: Estimate | string | undefined;
}

/** A time of which nothing is known, in EDTF. */
const unknownTime = 'XXXX';

/** Returns what an event has after a load that it had not before. */
export function moves({ before, after }: Pick<EventEffect, 'before' | 'after'>): Move[] {
  const found: Move[] = [];
  for (const what of ['status', 'modality', 'time'] as const) {
    const [a, b] = [before, after].map((state) => {
      const value = state?.[what] ?? '';
      return value === '' || value === unknownTime ? undefined : value;
    });
    if (a !== b) found.push({ what, before: a, after: b });
  }
  const [tolls, next] = [counts(before), counts(after)];
  for (const [key, { count }] of new Map([...tolls, ...next])) {
    const [a, b] = [tolls.get(key)?.estimate, next.get(key)?.estimate];
    if (JSON.stringify(a) !== JSON.stringify(b)) found.push({ what: 'toll', count, before: a, after: b });
  }
  const [old, fresh] = [aspects(before), aspects(after)];
  if (old !== fresh) found.push({ what: 'disagreements', before: old || undefined, after: fresh || undefined });
  return found;
}

function aspects(state: EventState | null): string {
  return (state?.disagreements ?? []).join(' ');
}

type Count = NonNullable<Move['count']>;

function counts(state: EventState | null): Map<string, { count: Count; estimate: Estimate }> {
  const all = new Map<string, { count: Count; estimate: Estimate }>();
  const add = (count: Count, { low, best, high, agreed }: Estimate) => {
    const estimate = { agreed, ...(low !== undefined && { low }), ...(best !== undefined && { best }) };
    all.set(JSON.stringify(count), { count, estimate: { ...estimate, ...(high !== undefined && { high }) } });
  };
  const toll: Toll = state?.toll ?? {};
  if (toll.killed) add({ kind: 'KILLED' }, toll.killed);
  if (toll.wounded) add({ kind: 'WOUNDED' }, toll.wounded);
  for (const { kind = '', unit, population, ...estimate } of toll.figures ?? []) {
    add({ kind, ...(unit && { unit }), ...(population && { population }) }, estimate);
  }
  return all;
}
