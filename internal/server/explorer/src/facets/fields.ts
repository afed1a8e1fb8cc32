// The fields that events are counted by.
import { filterOf } from '../state/filter';
import { emptySelection, type Selection } from '../state/view';

export const fields = [
  'categories',
  'statuses',
  'disagreements',
  'modalities',
  'actors',
  'countries',
  'publishers',
] as const;
/** On what sources may disagree. */
export const aspects = ['OCCURRENCE', 'TIME', 'PLACE', 'PARTICIPATION', 'FIGURES', 'CHARACTERIZATION'] as const;
/** How many values of a field are shown at first. */
export const few = 12;
export type Field = (typeof fields)[number];

/**
 * Returns the filter of each field. A field's own choice does not limit its counts, so that other values stay in view;
 * except for actors: each chosen one must take part, so the others take part with them.
 */
export function filters(selection: Selection): Record<Field, ReturnType<typeof filterOf>> {
  const entries = fields.map((field) => {
    const others = field === 'actors' ? selection : { ...selection, [field]: emptySelection[field] };
    return [field, filterOf(others)];
  });
  return Object.fromEntries(entries) as Record<Field, ReturnType<typeof filterOf>>;
}
