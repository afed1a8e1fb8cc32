import assert from 'node:assert/strict';
import test from 'node:test';
import { compare } from './compare';
import type { TimelineEvent } from './lanes';

function event(id: string, more: Partial<Omit<TimelineEvent, 'time'>> = {}, edtf = '2025-12-20'): TimelineEvent {
  return {
    id,
    label: { value: id, language: 'en', direction: 'LTR' },
    category: 'ASSAULT',
    modality: 'OCCURRED',
    status: 'UNVERIFIED',
    time: { edtf, earliest: null, latest: null, precision: 'DAY', approximate: false, uncertain: false },
    ...more,
  };
}

test('without an earlier moment nothing differs', () => {
  assert.deepEqual(compare([event('a')], undefined), [{ event: event('a') }]);
});

test('events are gained, lost, changed or the same', () => {
  const moved = event('moved', {}, '2025-12-21');
  const found = compare(
    [event('same'), event('new'), event('status', { status: 'CONFIRMED' }), moved],
    [event('gone'), event('same'), event('status'), event('moved')],
  );
  assert.deepEqual(
    found.map(({ event: { id }, difference }) => [id, difference]),
    [
      ['same', undefined],
      ['new', 'gained'],
      ['status', 'changed'],
      ['moved', 'changed'],
      ['gone', 'lost'],
    ],
  );
  assert.equal(found[3]?.timeBefore?.edtf, '2025-12-20');
  assert.equal(found[2]?.timeBefore, undefined);
});

test('an event with new claims is changed even if it is drawn as before', () => {
  const both = [event('a'), event('b')];
  const found = compare(both, both, new Set(['b', 'elsewhere']));
  assert.deepEqual(
    found.map(({ difference }) => difference),
    [undefined, 'changed'],
  );
  assert.deepEqual(compare([event('a')], undefined, new Set(['a'])), [{ event: event('a') }]);
});
