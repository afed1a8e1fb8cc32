import assert from 'node:assert/strict';
import test from 'node:test';
import { moves } from './effects';
import type { EventState } from './types';

const state: EventState = {
  status: 'UNVERIFIED',
  modality: 'OCCURRED',
  time: '2031-03-03',
  toll: { killed: { low: 2, best: 2, high: 2, agreed: true } },
  disagreements: [],
};

test('only what differs moves', () => {
  assert.deepEqual(moves({ before: state, after: state }), []);
  const after: EventState = {
    ...state,
    status: 'CORROBORATED',
    toll: {
      killed: { low: 2, best: 3, high: 3, agreed: false },
      figures: [{ kind: 'DESTROYED', unit: 'bus', best: 1, agreed: true }],
    },
    disagreements: ['FIGURES'],
  };
  assert.deepEqual(moves({ before: state, after }), [
    { what: 'status', before: 'UNVERIFIED', after: 'CORROBORATED' },
    {
      what: 'toll',
      count: { kind: 'KILLED' },
      before: { low: 2, best: 2, high: 2, agreed: true },
      after: { low: 2, best: 3, high: 3, agreed: false },
    },
    {
      what: 'toll',
      count: { kind: 'DESTROYED', unit: 'bus' },
      before: undefined,
      after: { best: 1, agreed: true },
    },
    { what: 'disagreements', before: undefined, after: 'FIGURES' },
  ]);
});

test('a new event moves from nothing', () => {
  assert.deepEqual(
    moves({ before: null, after: { status: 'UNVERIFIED', modality: 'PLANNED', time: 'XXXX' } }).map(
      ({ what }) => what,
    ),
    ['status', 'modality'],
  );
});
