// What the reader sees, as one value. Every view of the page draws from it, and the address of the page is its text.
import type { Language } from '../i18n/languages';

/** The fields by which the lanes of the timeline are divided. */
export const laneFields = ['category', 'status', 'actor', 'place', 'publisher'] as const;
export type LaneField = (typeof laneFields)[number];

/** The panels of the page. On narrow screens one of them is shown at a time. */
export const panels = ['timeline', 'map', 'network', 'list', 'evidence'] as const;
export type Panel = (typeof panels)[number];

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** A box in degrees. If west is greater than east, it crosses the antimeridian. */
export interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** Which events are shown, on every view alike. Lists are without repetition; an empty list selects all. */
export interface Selection {
  /** The first and last day, `2025-12-20` or any EDTF value; absent if open. */
  from?: string;
  to?: string;
  categories: string[];
  statuses: string[];
  /** Aspects on which sources disagree; an event has to have one of them. */
  disagreements: string[];
  modalities: string[];
  countries: string[];
  /** Ids. An event has to have all of these actors. */
  actors: string[];
  /** Ids. An event has to have one of these places, or a place within. */
  places: string[];
  publishers: string[];
  datasets: string[];
  text?: string;
  box?: Box;
  /** Only events of whose time no bound is known; if false, only the others. */
  timeless?: boolean;
}

/** Two actors, and how paths between them are searched. */
export interface PathQuestion {
  from: string;
  to: string;
  avoid: string[];
  /** The roles that count as taking part; empty for the usual ones. */
  roles: string[];
  inOrder: boolean;
}

/** Where the map looks. */
export interface Camera {
  longitude: number;
  latitude: number;
  zoom: number;
}

export interface View {
  selection: Selection;
  /** The moment of knowledge, in EDTF or RFC 3339; absent if everything known counts. */
  knownAt?: string;
  /** The earlier moment of knowledge with which `knownAt` is compared; absent if nothing is compared. */
  comparedWith?: string;
  /** The id of the event whose evidence is shown. */
  event?: string;
  /** The ids of the two actors whose tie is shown, in order. */
  link?: [string, string];
  path?: PathQuestion;
  lanes: LaneField;
  /** The part of time that the timeline shows, as milliseconds; absent if it shows all events. */
  window?: [number, number];
  camera?: Camera;
  panel: Panel;
  language: Language;
  theme: Theme;
  /** The only panel of an embedded page; absent if all are shown. */
  embed?: Panel | 'all';
}

/** The lists of a selection by their parameters of the address, in the order in which the page names them. */
export const lists = {
  category: 'categories',
  status: 'statuses',
  disagreement: 'disagreements',
  modality: 'modalities',
  country: 'countries',
  actor: 'actors',
  place: 'places',
  publisher: 'publishers',
  dataset: 'datasets',
} as const;
export type ListField = (typeof lists)[keyof typeof lists];
export const listFields: readonly ListField[] = Object.values(lists);

/** The vocabularies of the lists whose values are terms. */
export const vocabularies: Partial<Record<ListField, string>> = {
  categories: 'category',
  statuses: 'status',
  disagreements: 'aspect',
  modalities: 'modality',
};

export const emptySelection = Object.fromEntries(listFields.map((field) => [field, []])) as unknown as Selection;

export const initialView: View = {
  selection: emptySelection,
  lanes: 'category',
  panel: 'timeline',
  language: 'en',
  theme: 'system',
};

/** Reports whether a selection selects every event. */
export function selectsAll(selection: Selection): boolean {
  return Object.values(selection).every(
    (value) => value === undefined || (Array.isArray(value) && value.length === 0),
  );
}

/** Returns a list with a value added, or without it if the list has it. */
export function toggled(list: readonly string[], value: string): string[] {
  return list.includes(value) ? list.filter((each) => each !== value) : [...list, value];
}
