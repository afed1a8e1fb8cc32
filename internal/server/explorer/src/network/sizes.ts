// The sizes of actors and ties in the drawing of a network.
import type { Camera } from './camera';

const leastRadius = 4;
const greatestRadius = 18;
const leastWidth = 0.8;
const greatestWidth = 8;

/** From these numbers of events on, the actor and the tie with the most are as large as one may be. */
const manyOfActor = 40;
const manyOfTie = 147;

/** Returns the radius of each actor by its number of events. Their areas beyond the smallest one tell the numbers. */
export function radiiOf(events: readonly number[]): number[] {
  const most = Math.max(manyOfActor, ...events);
  return events.map((n) => leastRadius + (greatestRadius - leastRadius) * Math.sqrt(n / most));
}

/** Returns the width of each tie by the logarithm of its number of events. */
export function widthsOf(weights: readonly number[]): number[] {
  const most = Math.max(manyOfTie, ...weights);
  return weights.map((n) => leastWidth + ((greatestWidth - leastWidth) * Math.log2(n)) / Math.log2(most));
}

/** Returns the radius in pixels. Actors shrink with the drawing, so as not to cover each other, but do not grow. */
export function shownRadius(radius: number, { scale }: Pick<Camera, 'scale'>): number {
  return Math.max(leastRadius, radius * Math.min(1, scale));
}

/** Returns the width in pixels, which shrinks with the drawing too. */
export function shownWidth(width: number, { scale }: Pick<Camera, 'scale'>): number {
  return Math.max(leastWidth, width * Math.min(1, scale));
}
