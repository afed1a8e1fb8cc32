// The clusters of two moments of knowledge, compared cell by cell.
import type { ClustersQuery } from '../api/types';
import type { Mark } from './draw';
import { project } from './mercator';
import { type Placed, placeOf } from './places';

export type Cluster = ClustersQuery['clusters'][number];

/** Returns the cell of the API's grid that a point lies in: a quarter of a tile wide and high. */
export function cellOf({ longitude, latitude }: Cluster['point'], zoom: number): string {
  const cells = 4 * 2 ** zoom;
  const { x, y } = project(longitude, latitude);
  return `${Math.floor(x * cells)}/${Math.floor(y * cells)}`;
}

/**
 * Returns the marks of clusters. A single event that is somewhere in a country has none. How precise the places of
 * several events are is not known.
 */
export function marksOf(now: readonly Cluster[], before: readonly Cluster[] | undefined, zoom: number): Placed {
  const countries = new Map<string, number>();
  const marks = compareCells(now, before, zoom).flatMap(({ mark, cluster }) => {
    const place = cluster.event && placeOf(cluster.event.locations);
    if (!place) return [mark];
    if ('country' in place) {
      countries.set(place.country, (countries.get(place.country) ?? 0) + 1);
      return [];
    }
    return [place.radiusKm === undefined ? mark : { ...mark, radiusKm: place.radiusKm }];
  });
  return { marks, countries: [...countries].map(([code, events]) => ({ code, events })) };
}

interface Cell {
  cluster: Cluster;
  mark: Mark;
}

/** Returns the marks of the cells. With those of an earlier moment, cells that differ say how. */
function compareCells(now: readonly Cluster[], before: readonly Cluster[] | undefined, zoom: number): Cell[] {
  const marks = now.map((cluster): Cell => ({ cluster, mark: markOf(cluster) }));
  if (!before) return marks;
  const earlier = new Map(before.map((cluster) => [cellOf(cluster.point, zoom), cluster]));
  const compared = marks.map(({ cluster, mark }): Cell => {
    const cell = cellOf(cluster.point, zoom);
    const then = earlier.get(cell);
    earlier.delete(cell);
    const more = cluster.events - (then?.events ?? 0);
    const same = more === 0 && !changed(cluster.event, then?.event ?? null);
    if (same) return { cluster, mark };
    const difference = more === 0 ? 'changed' : more > 0 ? 'gained' : 'lost';
    return { cluster, mark: { ...mark, difference, more } };
  });
  const gone = [...earlier.values()].map((cluster): Cell => ({
    cluster,
    mark: { ...markOf(cluster), difference: 'lost', more: -cluster.events, former: true },
  }));
  return [...compared, ...gone];
}

function markOf({ point, events, event }: Cluster): Mark {
  return {
    ...point,
    events,
    ...(event && { event: { id: event.id, name: event.label.value, category: event.category } }),
  };
}

/** Reports whether the only events of a cell differ. Of cells with more events only the number is known. */
function changed(now: Cluster['event'], before: Cluster['event']): boolean {
  if (!now || !before) return false;
  return (
    now.id !== before.id ||
    now.status !== before.status ||
    now.modality !== before.modality ||
    now.category !== before.category ||
    now.time.edtf !== before.time.edtf
  );
}
