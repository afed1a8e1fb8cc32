import assert from 'node:assert/strict';
import test from 'node:test';
import { csvOf, tablesOf } from './table.js';

test('each outer list is a table, inner ones are cells', () => {
  const data = {
    timeline: {
      totalCount: 2,
      nodes: [
        { id: 'event:a', time: { edtf: '2025' }, participants: [{ actor: { name: 'A' } }, { actor: { name: 'B' } }] },
        { id: 'event:b', time: null, participants: [], voices: 3 },
      ],
    },
    kinds: ['X', 'Y'],
  };
  assert.deepEqual(tablesOf(data), [
    {
      name: 'timeline.nodes',
      columns: ['id', 'time.edtf', 'participants.actor.name', 'voices'],
      rows: [['event:a', '2025', 'A; B', null], ['event:b', null, null, 3]],
    },
    { name: 'kinds', columns: ['value'], rows: [['X'], ['Y']] },
    { name: '', columns: ['timeline.totalCount'], rows: [[2]] },
  ]);
});

test('an answer without lists is one row, no answer no table', () => {
  assert.deepEqual(tablesOf({ extent: { events: 0, box: null, agreed: false } }), [
    { name: '', columns: ['extent.events', 'extent.box', 'extent.agreed'], rows: [[0, null, false]] },
  ]);
  assert.deepEqual(tablesOf(null), []);
  assert.deepEqual(tablesOf({ nodes: [] }), [{ name: 'nodes', columns: [], rows: [] }]);
});

test('CSV quotes what needs it, and runs no formula', () => {
  const rows = [['a,b', 'say "no"', 'two\nlines'], ['=1+1', ' @x', '-'], [-1, null, true]];
  assert.equal(csvOf({ columns: ['one', 'two', 'three'], rows }),
    '\ufeffone,two,three\r\n"a,b","say ""no""","two\nlines"\r\n\'=1+1,\' @x,\'-\r\n-1,,true\r\n');
});
