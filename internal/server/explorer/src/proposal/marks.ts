// The words and sentences of items as marks in the text.
import type { ItemKey, Range } from './items';

/** Where an item stands in the text, in code points. */
export interface Place {
  key: ItemKey;
  sentences: readonly Range[];
  words: readonly Range[];
}

/** A part of a text, with the items whose sentences it is a part of, and those whose words. */
export interface Segment {
  start: number;
  text: string;
  sentences: readonly ItemKey[];
  words: readonly ItemKey[];
}

/** Divides a text where the set of items changes. Ranges outside the text are cut off or left out. */
export function segments(text: string, places: readonly Place[]): Segment[] {
  const points = Array.from(text);
  type Edge = { at: number; key: ItemKey; kind: 'sentences' | 'words'; step: 1 | -1 };
  const edges: Edge[] = [];
  for (const { key, ...ranges } of places) {
    for (const kind of ['sentences', 'words'] as const) {
      for (const { start, end } of ranges[kind]) {
        const [from, to] = [Math.max(0, start), Math.min(points.length, end)];
        if (from < to) edges.push({ at: from, key, kind, step: 1 }, { at: to, key, kind, step: -1 });
      }
    }
  }
  edges.sort((a, b) => a.at - b.at);

  const open = { sentences: new Map<ItemKey, number>(), words: new Map<ItemKey, number>() };
  const parts: Segment[] = [];
  let at = 0;
  const cut = (to: number) => {
    if (to > at) {
      const [sentences, words] = [[...open.sentences.keys()], [...open.words.keys()]];
      parts.push({ start: at, text: points.slice(at, to).join(''), sentences, words });
    }
    at = to;
  };
  for (const edge of edges) {
    cut(edge.at);
    const counts = open[edge.kind];
    const count = (counts.get(edge.key) ?? 0) + edge.step;
    if (count > 0) counts.set(edge.key, count);
    else counts.delete(edge.key);
  }
  cut(points.length);
  return parts;
}

/** Returns an offset in code points as one in UTF-16 units of the text, and the reverse. */
export function unitsBefore(text: string, points: number): number {
  return Array.from(text).slice(0, points).join('').length;
}

export function pointsBefore(text: string, units: number): number {
  return Array.from(text.slice(0, units)).length;
}
