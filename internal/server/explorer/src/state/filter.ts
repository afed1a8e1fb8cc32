// Selections as filters of the API.
import type { EventFilter } from '../api/types';
import type { Selection } from './view';

/** Which conditions a filter leaves out: a view that shows a field's values ignores its own choice. */
export interface Without {
  time?: boolean;
  box?: boolean;
}

/** Returns the API's filter for a selection. Equal selections have equal filters. */
export function filterOf(selection: Selection, without: Without = {}): EventFilter {
  const filter: EventFilter = {};
  const { from, to, box, timeless } = selection;
  if (!without.time && (from !== undefined || to !== undefined)) {
    filter.time = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  }
  if (timeless) filter.precision = ['UNKNOWN'];
  if (timeless === false) filter.not = { precision: ['UNKNOWN'] };
  if (selection.categories.length > 0)
    filter.categories = selection.categories as NonNullable<EventFilter['categories']>;
  if (selection.statuses.length > 0) filter.statuses = selection.statuses as NonNullable<EventFilter['statuses']>;
  if (selection.disagreements.length > 0)
    filter.disagreements = selection.disagreements as NonNullable<EventFilter['disagreements']>;
  if (selection.modalities.length > 0)
    filter.modalities = selection.modalities as NonNullable<EventFilter['modalities']>;
  if (selection.actors.length > 0) filter.participants = selection.actors.map((id) => ({ anyOf: [id] }));
  if (selection.publishers.length > 0) filter.publishers = selection.publishers;
  if (selection.datasets.length > 0) filter.datasets = selection.datasets;
  if (selection.text !== undefined) filter.text = selection.text;

  // A place filter is about one place, so conditions of different kinds are filters of their own.
  const places = [];
  if (selection.places.length > 0) places.push({ within: selection.places });
  if (selection.countries.length > 0) places.push({ countries: selection.countries });
  if (!without.box && box) places.push({ box });
  const [first, ...others] = places;
  if (first) filter.place = first;
  if (others.length > 0) filter.and = others.map((place) => ({ place }));
  return filter;
}
