// How large the marks of the map are.
import type { Camera } from '../state/view';
import type { Mark } from './draw';
import { pixelsPerKm, project, worldSize } from './mercator';

const smallest = 8;
const largest = 34;
/** The largest part of the distance to the nearest mark: two neighbours overlap by a little. */
const share = 0.58;

/** Returns marks with the distance to the nearest other one. */
export function apart(marks: readonly Mark[]): Mark[] {
  const points = marks
    .map(({ longitude, latitude }, index) => ({ index, ...project(longitude, latitude) }))
    .sort((a, b) => a.x - b.x);
  const found = [...marks];
  points.forEach((point, i) => {
    const mark = marks[point.index];
    if (!mark) return;
    let nearest = Infinity;
    for (const step of [-1, 1]) {
      for (let j = i + step; ; j += step) {
        const other = points[j];
        if (!other || Math.abs(other.x - point.x) >= nearest) break;
        // Those at one point cannot be moved apart.
        nearest = Math.min(nearest, Math.hypot(other.x - point.x, other.y - point.y) || Infinity);
      }
    }
    found[point.index] = { ...mark, nearest };
  });
  return found;
}

/**
 * Returns the radius of a mark, whose area grows with the number of events as far as its neighbours leave room. It is
 * not smaller than its precision.
 */
export function radiusOf({ events, radiusKm, latitude, nearest = Infinity }: Mark, { zoom }: Camera): number {
  const wanted = events === 1 ? smallest : Math.min(largest, 7 + 1.6 * Math.sqrt(events));
  const own = Math.max(smallest, Math.min(wanted, share * nearest * worldSize(zoom)));
  return radiusKm === undefined ? own : Math.max(own, radiusKm * pixelsPerKm(zoom, latitude));
}

/** Returns the radius of the ring around a mark, or undefined if it has none or the mark covers it. */
export function ringOf(mark: Mark, camera: Camera): number | undefined {
  if (mark.ringKm === undefined) return undefined;
  const ring = mark.ringKm * pixelsPerKm(camera.zoom, mark.latitude);
  return ring > radiusOf(mark, camera) + 2 ? ring : undefined;
}
