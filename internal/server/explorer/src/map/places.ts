// Events at their places, as precisely as these are known.
import type { PlacesQuery } from '../api/types';
import type { Changed } from '../changes/changed';
import type { Difference } from '../marks/difference';
import type { Mark } from './draw';
import { type Extent, extentOf, type Stated } from './extents';

export type PlacedEvent = PlacesQuery['timeline']['nodes'][number];
type EventPlace = PlacedEvent['locations'][number];

/** The radius of a circle that has the place, in kilometres, by UCDP's precision. */
const radii: Record<number, number> = { 2: 25, 3: 80, 4: 80, 5: 80 };
/** Of events with this precision only the country is known. */
export const countryPrecision = 6;
const unknown = 7;
/** Events with this precision are near the place, not in it. */
const near = 2;

/** The precision of kinds of places, for sources that state none. */
const precisions: Partial<Record<EventPlace['location']['locationKind'], number>> = {
  COUNTRY: countryPrecision,
  WATER: 5,
  REGION: 5,
  ADMIN1: 4,
  ADMIN2: 3,
};

const roles = ['VENUE', 'TARGET', 'ORIGIN'];

/** Where an event is on the map: at a point, in a circle around it or in an area, or somewhere in a country. */
export type Place =
  ({ id: string; longitude: number; latitude: number } & Extent) | { id: string; country: string };

/** Returns the place of an event; see `firstPlace`. */
export function placeOf(locations: readonly EventPlace[]): Place | undefined {
  const { precision, location } = firstPlace(locations) ?? {};
  if (precision === undefined || !location?.point || precision === unknown) return undefined;
  const { id, country: code, point } = location;
  if (precision === countryPrecision) return code === null ? undefined : { id, country: code };
  return { id, ...point, ...areaOf(precision, location) };
}

/** Returns the point of an event that is on the map, however precisely it is known; see `firstPlace`. */
export function pointOf(locations: readonly PointPlace[]): EventPlace['location']['point'] {
  const { precision, location } = firstPlace(locations) ?? {};
  return precision !== undefined && precision < countryPrecision ? (location?.point ?? null) : null;
}

type PointPlace = Pick<EventPlace, 'role' | 'precision'> & {
  location: Pick<EventPlace['location'], 'id' | 'locationKind' | 'country' | 'point'>;
};

/** Returns the first place with a point, by role and id, as for the API's clusters, and how precisely it is known. */
function firstPlace<P extends PointPlace>(
  locations: readonly P[],
): { precision: number; location: P['location'] } | undefined {
  const [first] = locations
    .filter(({ location }) => location.point !== null)
    .sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role) || (a.location.id < b.location.id ? -1 : 1));
  if (!first) return undefined;
  return { precision: first.precision ?? precisions[first.location.locationKind] ?? 1, location: first.location };
}

/** Returns the area of an event at a place: what the place reaches, or the circle of the precision if it is wider. */
function areaOf(precision: number, location: Stated): Extent {
  const extent = extentOf(location);
  const radiusKm = radii[precision];
  if (precision === near) return { radiusKm: Math.max(radii[near] ?? 0, location.radiusKm ?? 0) };
  return extent ?? (radiusKm === undefined ? {} : { radiusKm });
}

export interface Placed {
  marks: Mark[];
  /** How many events are somewhere in a country, by its code, the most first. */
  countries: { code: string; events: number }[];
}

interface Compared {
  event: PlacedEvent;
  difference?: Difference;
}

type Point = Exclude<Place, { country: string }>;
type Located = Compared & { place: Point };

/** Returns a mark for each point of a place: areas and the largest circle first, so that they cover no other. */
export function placed(
  now: readonly PlacedEvent[],
  before: readonly PlacedEvent[] | undefined,
  changed?: Changed,
): Placed {
  // Marks at one point would hide each other, however precisely each is known.
  const groups = new Map<string, Located[]>();
  const countries = new Map<string, number>();
  const names = new Map<string, string>();
  for (const compared of compare(now, before, changed)) {
    const place = placeOf(compared.event.locations);
    if (!place) continue;
    if ('country' in place) {
      if (compared.difference !== 'lost') countries.set(place.country, (countries.get(place.country) ?? 0) + 1);
      continue;
    }
    const key = `${place.longitude} ${place.latitude}`;
    groups.set(key, [...(groups.get(key) ?? []), { ...compared, place }]);
    for (const { location } of compared.event.locations) names.set(location.id, location.label.value);
  }
  const marks = [...groups.values()].map((all) => markOf(all, names));
  marks.sort(
    (a, b) => Number(!!b.areas) - Number(!!a.areas) || (b.radiusKm ?? 0) - (a.radiusKm ?? 0) || b.events - a.events,
  );
  return {
    marks,
    countries: [...countries].map(([code, n]) => ({ code, events: n })).sort((a, b) => b.events - a.events),
  };
}

function markOf(all: Located[], names: ReadonlyMap<string, string>): Mark {
  const present = all.filter(({ difference }) => difference !== 'lost');
  const shown = present.length > 0 ? present : all;
  const [only] = shown.length === 1 ? shown : [];
  const kinds = new Set(all.map(({ difference }) => difference));
  const [kind] = kinds;
  const gained = all.filter(({ difference }) => difference === 'gained').length;
  const places = shown.map(({ place }) => place);
  const { id = '', longitude = 0, latitude = 0 } = places[0] ?? {};
  return {
    longitude,
    latitude,
    events: shown.length,
    name: names.get(id) ?? '',
    places: [...new Set(places.map(({ id }) => id))],
    ids: shown.map(({ event }) => event.id),
    ...reachOf(places),
    ...(only && { event: { id: only.event.id, name: only.event.label.value, category: only.event.category } }),
    ...differenceOf(kinds.size === 1 ? kind : 'changed', gained - (all.length - present.length), kinds),
    ...(present.length === 0 && { former: true as const }),
  };
}

/**
 * Returns how far the places at a point reach: the widest circle is the mark if none of them is known as a point, else
 * a ring around it, as for clusters.
 */
function reachOf(places: readonly Point[]): Pick<Mark, 'radiusKm' | 'ringKm' | 'areas' | 'mixed'> {
  const areas = new Map(places.flatMap(({ rings }) => (rings ? [[JSON.stringify(rings), rings] as const] : [])));
  const widest = Math.max(0, ...places.map(({ radiusKm }) => radiusKm ?? 0));
  const exact = places.some(({ radiusKm, rings }) => !radiusKm && !rings);
  return {
    ...(widest > 0 && (exact ? { ringKm: widest } : { radiusKm: widest })),
    ...(areas.size > 0 && { areas: [...areas.values()], ...(exact && { mixed: true as const }) }),
  };
}

function differenceOf(difference: Difference | undefined, more: number, kinds: Set<Difference | undefined>) {
  if (difference === undefined || (kinds.size === 1 && kinds.has(undefined))) return {};
  return { difference, more };
}

/** Returns the events of both moments. One that was somewhere else before is at both places. */
function compare(
  now: readonly PlacedEvent[],
  before: readonly PlacedEvent[] | undefined,
  changed: Changed | undefined,
): Compared[] {
  if (!before) return now.map((event) => ({ event }));
  const earlier = new Map(before.map((event) => [event.id, event]));
  const found = now.flatMap((event): Compared[] => {
    const then = earlier.get(event.id);
    earlier.delete(event.id);
    if (!then) return [{ event, difference: 'gained' }];
    if (JSON.stringify(placeOf(then.locations)) !== JSON.stringify(placeOf(event.locations)))
      return [
        { event, difference: 'gained' },
        { event: then, difference: 'lost' },
      ];
    const same =
      then.status === event.status &&
      then.modality === event.modality &&
      then.category === event.category &&
      then.time.edtf === event.time.edtf &&
      !changed?.has(event.id);
    return [same ? { event } : { event, difference: 'changed' }];
  });
  return [...found, ...[...earlier.values()].map((event): Compared => ({ event, difference: 'lost' }))];
}
