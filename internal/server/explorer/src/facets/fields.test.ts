import assert from 'node:assert/strict';
import test from 'node:test';
import { emptySelection } from '../state/view';
import { filters } from './fields';

test("a field's own choice does not limit its counts, but those of the others", () => {
  const found = filters({ ...emptySelection, categories: ['CONSULT'], countries: ['UA'] });
  assert.deepEqual(found.categories, { place: { countries: ['UA'] } });
  assert.deepEqual(found.countries, { categories: ['CONSULT'] });
  assert.deepEqual(found.statuses, { categories: ['CONSULT'], place: { countries: ['UA'] } });
});

test('actors are counted among the events of the chosen ones', () => {
  const found = filters({ ...emptySelection, actors: ['actor:a'] });
  assert.deepEqual(found.actors, { participants: [{ anyOf: ['actor:a'] }] });
});
