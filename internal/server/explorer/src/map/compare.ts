// The clusters of two moments of knowledge, compared cell by cell.
import type { ClustersQuery } from '../api/types';
import type { Mark } from './draw';
import { project } from './mercator';

export type Cluster = ClustersQuery['clusters'][number];

/** Returns the cell of the API's grid that a point lies in: a quarter of a tile wide and high. */
export function cellOf({ longitude, latitude }: Cluster['point'], zoom: number): string {
  const cells = 4 * 2 ** zoom;
  const { x, y } = project(longitude, latitude);
  return `${Math.floor(x * cells)}/${Math.floor(y * cells)}`;
}

/** Returns the marks of clusters. With those of an earlier moment, cells that differ say how. */
export function marksOf(now: readonly Cluster[], before: readonly Cluster[] | undefined, zoom: number): Mark[] {
  const marks = now.map((cluster) => ({ cluster, mark: markOf(cluster) }));
  if (!before) return marks.map(({ mark }) => mark);
  const earlier = new Map(before.map((cluster) => [cellOf(cluster.point, zoom), cluster]));
  const compared = marks.map(({ cluster, mark }): Mark => {
    const cell = cellOf(cluster.point, zoom);
    const then = earlier.get(cell);
    earlier.delete(cell);
    const more = cluster.events - (then?.events ?? 0);
    if (more !== 0) return { ...mark, difference: more > 0 ? 'gained' : 'lost', more };
    return changed(cluster.event, then?.event ?? null) ? { ...mark, difference: 'changed', more } : mark;
  });
  const gone = [...earlier.values()].map((cluster): Mark => ({
    ...markOf(cluster),
    difference: 'lost',
    more: -cluster.events,
    former: true,
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
