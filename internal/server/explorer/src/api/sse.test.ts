import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { eventReader } from './sse';

const stream =
  'retry: 3000\nid: 7\nevent: revision\ndata: {"revision":"7"}\n\n: still here\n\n' +
  'event: reading\ndata: {"events":1,"all":3}\n\nid: 8\nevent: revision\ndata: {"revision":"8"}\n\n';

const events = [
  { type: 'revision', data: '{"revision":"7"}' },
  { type: 'reading', data: '{"events":1,"all":3}' },
  { type: 'revision', data: '{"revision":"8"}' },
];

test('a stream is read in pieces of any length', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(stream.length), { maxLength: 20 }), (cuts) => {
      const read = eventReader();
      const ends = [...cuts.sort((a, b) => a - b), stream.length];
      assert.deepEqual(
        ends.flatMap((end, i) => read(stream.slice(ends[i - 1] ?? 0, end))),
        events,
      );
    }),
  );
});

test('an event that has not ended is not read', () => {
  assert.deepEqual(eventReader()('event: revision\ndata: {"revision":"7"}\n'), []);
});
