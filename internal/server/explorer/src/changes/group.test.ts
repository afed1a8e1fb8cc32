import assert from 'node:assert/strict';
import test from 'node:test';
import english from '../i18n/languages/en.json';
import { format } from '../i18n/template';
import { describeChange } from './describe';
import { type Change, grouped } from './group';

const t = (key: string, parameters = {}) =>
  format('en', (english as Record<string, unknown>)[key] as string, parameters);

type State = NonNullable<Change['stateBefore']>;
const state = (more: Partial<State> = {}): State => ({
  status: 'UNVERIFIED',
  modality: 'OCCURRED',
  time: {
    edtf: '2025-12-20',
    earliest: '2025-12-20T00:00:00Z',
    latest: '2025-12-21T00:00:00Z',
    precision: 'DAY',
    approximate: false,
    uncertain: false,
  },
  toll: { killed: null, wounded: null },
  ...more,
});

function change(at: string, event: string, changeKind: Change['changeKind'], claims: string[] = []): Change {
  return {
    at,
    changeKind,
    event: { id: event, label: { value: event, language: 'en', direction: 'LTR' }, category: 'ASSAULT' },
    stateBefore: null,
    stateAfter: null,
    because: claims.map((id) => ({
      id,
      stance: 'ASSERTS',
      claimants: [],
      document: null,
      dataset: null,
      quote: null,
    })),
  };
}

test('changes of an event at one moment are together, with each claim once', () => {
  const found = grouped([
    change('1', 'a', 'STATUS', ['x', 'y']),
    change('1', 'a', 'TOLL', ['y', 'z']),
    change('1', 'b', 'APPEARED', ['x']),
    change('2', 'a', 'RETRACTED', ['w']),
  ]);
  assert.deepEqual(
    found.map(({ at, events }) => [
      at,
      events.map(({ event, difference, changes, because }) => [
        event.id,
        difference,
        changes.length,
        because.map(({ id }) => id).join(''),
      ]),
    ]),
    [
      [
        '1',
        [
          ['a', 'changed', 2, 'xyz'],
          ['b', 'gained', 1, 'x'],
        ],
      ],
      ['2', [['a', 'lost', 1, 'w']]],
    ],
  );
});

test('a change says from what to what', () => {
  const said = (changeKind: Change['changeKind'], before: State | null, after: State) =>
    describeChange(
      { ...change('1', 'a', changeKind), stateBefore: before, stateAfter: after },
      { language: 'en', t },
    );
  const estimate = (n: number) => ({ low: n, best: n, high: null });
  assert.equal(said('STATUS', state(), state({ status: 'DENIED' })), 'status: from unverified to denied');
  assert.equal(
    said(
      'TOLL',
      state({ toll: { killed: estimate(9), wounded: null } }),
      state({ toll: { killed: estimate(6), wounded: estimate(20) } }),
    ),
    'numbers: from at least 9 killed to at least 6 killed, at least 20 wounded',
  );
  assert.equal(said('TOLL', state(), state()), 'numbers');
  assert.equal(said('PARTICIPANTS', state(), state()), 'who took part');
  assert.equal(said('APPEARED', null, state()), 'became known');
});
