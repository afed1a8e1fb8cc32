// The clusters of a map, and those of two moments of knowledge, compared cell by cell.
import type { ClustersQuery } from '../api/types';
import type { Changed } from '../changes/changed';
import type { Mark } from './draw';
import { countryPrecision, type Placed } from './places';

export type Cluster = ClustersQuery['clusters'][number];

/** Returns the marks of clusters. Events that are somewhere in a country are in none, they are counted by country. */
export function marksOf(
  now: readonly Cluster[],
  before: readonly Cluster[] | undefined,
  changedEvents?: Changed,
): Placed {
  const countries = new Map<string, number>();
  for (const { country, events } of now.flatMap((cluster) => cluster.countries))
    if (country !== null) countries.set(country, (countries.get(country) ?? 0) + events);
  return {
    marks: compareCells(now.filter(placed), before?.filter(placed), changedEvents),
    countries: [...countries].map(([code, events]) => ({ code, events })).sort((a, b) => b.events - a.events),
  };
}

/** Returns how many events of a cluster are at a place, not only somewhere in a country. */
function onMap({ precisions }: Cluster): number {
  return total(precisions.filter(({ precision }) => precision < countryPrecision));
}

function placed(cluster: Cluster): boolean {
  return onMap(cluster) > 0;
}

function total(counts: readonly { events: number }[]): number {
  return counts.reduce((sum, { events }) => sum + events, 0);
}

/** Returns the marks of the cells. With those of an earlier moment, cells that differ say how. */
function compareCells(
  now: readonly Cluster[],
  before: readonly Cluster[] | undefined,
  events: Changed | undefined,
): Mark[] {
  if (!before) return now.map(markOf);
  const earlier = new Map(before.map((cluster) => [cellOf(cluster), cluster]));
  const compared = now.map((cluster): Mark => {
    const mark = markOf(cluster);
    const then = earlier.get(cellOf(cluster));
    earlier.delete(cellOf(cluster));
    const more = mark.events - (then ? onMap(then) : 0);
    const same = more === 0 && !changed(cluster.event, then?.event ?? null, events);
    if (same) return mark;
    return { ...mark, difference: more === 0 ? 'changed' : more > 0 ? 'gained' : 'lost', more };
  });
  const gone = [...earlier.values()].map((cluster): Mark => {
    const mark = markOf(cluster);
    return { ...mark, difference: 'lost', more: -mark.events, former: true };
  });
  return [...compared, ...gone];
}

function cellOf({ cell }: Cluster): string {
  return `${cell.west} ${cell.north}`;
}

/**
 * Returns the mark of a cluster. It is the circle of its widest place if no place of it is a point; else a ring is
 * around it, if any of its places is a circle.
 */
function markOf(cluster: Cluster): Mark {
  const { point, cell, event, precisions } = cluster;
  const events = onMap(cluster);
  const points = total(precisions.filter((at) => at.precision < countryPrecision && at.radiusKm === 0));
  const widest = Math.max(0, ...precisions.map(({ radiusKm }) => radiusKm));
  return {
    ...point,
    cell,
    events,
    ...(cluster.place && { name: cluster.place.label.value }),
    ...(widest > 0 && (points === 0 ? { radiusKm: widest } : { ringKm: widest })),
    ...(event && { event: { id: event.id, name: event.label.value, category: event.category } }),
  };
}

/** Reports whether the only events of a cell differ. Of cells with more events only the number is known. */
function changed(now: Cluster['event'], before: Cluster['event'], events: Changed | undefined): boolean {
  if (!now || !before) return false;
  return (
    now.id !== before.id ||
    now.status !== before.status ||
    now.modality !== before.modality ||
    now.category !== before.category ||
    now.time.edtf !== before.time.edtf ||
    events?.has(now.id) === true
  );
}
