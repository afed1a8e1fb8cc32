import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { format, parse } from './address';
import { type Language, languages } from '../i18n/languages';
import { initialView, laneFields, panels, themes, type View } from './view';

const word = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' });
const words = fc.uniqueArray(word, { maxLength: 5 });
const degrees = (bound: number) =>
  fc.double({ min: -bound, max: bound, noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
const moment = fc.integer({ min: -60e12, max: 200e12 });

const view: fc.Arbitrary<View> = fc.record(
  {
    selection: fc.record(
      {
        from: word,
        to: word,
        categories: words,
        statuses: words,
        disagreements: words,
        modalities: words,
        countries: words,
        actors: words,
        places: words,
        publishers: words,
        datasets: words,
        text: word,
        timeless: fc.boolean(),
        box: fc
          .tuple(degrees(180), degrees(90), degrees(180), degrees(90))
          .map(([west, a, east, b]) => ({ west, south: Math.min(a, b), east, north: Math.max(a, b) })),
      },
      {
        requiredKeys: [
          'categories',
          'statuses',
          'disagreements',
          'modalities',
          'countries',
          'actors',
          'places',
          'publishers',
          'datasets',
        ],
      },
    ),
    knownAt: word,
    comparedWith: word,
    event: word,
    link: fc
      .uniqueArray(word, { minLength: 2, maxLength: 2 })
      .map(([a, b]): [string, string] => [a ?? '', b ?? '']),
    path: fc
      .tuple(fc.uniqueArray(word, { minLength: 2, maxLength: 2 }), words, words, fc.boolean())
      .map(([[from = '', to = ''], avoid, roles, inOrder]) => ({ from, to, avoid, roles, inOrder })),
    lanes: fc.constantFrom(...laneFields),
    window: fc
      .uniqueArray(moment, { minLength: 2, maxLength: 2 })
      .map(([a = 0, b = 1]): [number, number] => [Math.min(a, b), Math.max(a, b)]),
    camera: fc.record({
      longitude: degrees(180),
      latitude: degrees(90),
      zoom: fc.double({ min: 0, max: 22, noNaN: true }).map((x) => x + 0),
    }),
    panel: fc.constantFrom(...panels),
    language: fc.constantFrom(...(Object.keys(languages) as Language[])),
    theme: fc.constantFrom(...themes),
    embed: fc.constantFrom(...panels, 'all' as const),
  },
  { requiredKeys: ['selection', 'lanes', 'panel', 'language', 'theme'] },
);

test('a view survives the way through its address', () => {
  fc.assert(
    fc.property(view, (each) => assert.deepEqual(parse(format(each)), plain(each))),
    { numRuns: 500 },
  );
});

/** An address has no word for minus zero. */
function plain(each: View): View {
  return JSON.parse(JSON.stringify(each)) as View;
}

test('any text is read without an error, and its view survives', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200, unit: 'binary' }), (text) => {
      const read = parse(text);
      assert.deepEqual(parse(format(read)), read);
    }),
  );
});

test('the address of the initial view has only its version', () => {
  assert.equal(format(initialView), 'v=1');
  assert.deepEqual(parse(''), initialView);
});

test('addresses stay readable', () => {
  const read = parse(
    '#v=1&actor=actor:zelensky&category=CONSULT&from=2025-12-19&known=2025-12-20&map=30.5,50.4,6&lang=uk',
  );
  assert.deepEqual(read.selection.actors, ['actor:zelensky']);
  assert.deepEqual(read.camera, { longitude: 30.5, latitude: 50.4, zoom: 6 });
  assert.equal(read.language, 'uk');
  assert.equal(
    format(read),
    'v=1&from=2025-12-19&category=CONSULT&actor=actor:zelensky&known=2025-12-20&map=30.5,50.4,6&lang=uk',
  );
});

test('values that are not valid are left out', () => {
  assert.deepEqual(parse('#box=1,2,3&map=0,91,3&window=b/a&lanes=colour&theme=pink&link=only&text='), initialView);
});
