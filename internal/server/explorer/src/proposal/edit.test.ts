import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { contentFields, contentOfClaim } from './claim';
import { fieldsOf, sameContent, withFields } from './edit';
import { vocabularies } from '../review/vocabularies';
import { sampleProposal } from './sample';
import type { Json } from './types';

const { records } = sampleProposal();
const claims = records[3]?.['claims'] as Json[];
const direct = claims[1] as Json;

test('a form that nothing is written in changes nothing', () => {
  for (const record of records) {
    const type = record['type'] as string;
    const { claims: own, ...rest } = record;
    assert.ok(
      sameContent(withFields(type, rest, fieldsOf(type, rest)), type === 'document' ? titled(rest) : rest),
      type,
    );
    for (const claim of (own as Json[] | undefined) ?? []) {
      assert.deepEqual(withFields('claim', claim, fieldsOf('claim', claim)), claim);
    }
  }
});

/** A title that is a plain text becomes one without a language. */
function titled(record: Json): Json {
  return { ...record, titles: [{ value: 'Talks' }] };
}

test('fields of the form go into the record, and others stay', () => {
  const event = records[3] as Json;
  const fields = { ...fieldsOf('event', event), time: ' 2031-03 ', category: 'AGREE' };
  const next = withFields('event', event, fields);
  assert.deepEqual(next, { ...event, time: '2031-03', category: 'AGREE' });
  assert.equal('time' in withFields('event', event, { ...fields, time: '' }), false);
});

test('a number keeps what the form does not show', () => {
  const fields = fieldsOf('claim', direct);
  const [figure] = fields.figures ?? [];
  assert.ok(figure);
  const next = withFields('claim', direct, { ...fields, figures: [{ ...figure, best: '3', qualifier: 'ABOUT' }] });
  assert.deepEqual(next['figures'], [{ kind: 'KILLED', population: 'CIVILIAN', best: 3, qualifier: 'ABOUT' }]);
});

test('other words make another quote; direct speech names a claimant', () => {
  const fields = fieldsOf('claim', direct);
  const spans = [{ exact: 'We won’t sail' }, { start: 42, end: 51, exact: 'the union' }];
  const next = withFields('claim', direct, { ...fields, spans });
  assert.deepEqual(next['quote'], { text: 'We won’t sail … the union', direct: true, speaker: 'actor:union' });
  assert.deepEqual(next['spans'], spans);
  assert.deepEqual(withFields('claim', direct, { ...fields, direct: false })['quote'], {
    text: '“We won’t sail,”',
  });
  const other = withFields('claim', direct, { ...fields, claimants: ['actor:venn'] });
  assert.deepEqual((other['quote'] as Json)['speaker'], 'actor:venn');
});

test('a claim of an export becomes the content of a correction', () => {
  const claim = { id: 'claim:1', extractions: [], assertedAt: '2031', stance: 'DENIES' };
  const lines = [
    { type: 'actor', id: 'actor:claim:1' },
    {
      type: 'event',
      id: 'event:a',
      claims: [{ id: 'claim:12' }, { ...claim, spans: [{ exact: 'x', state: 'VERIFIED' }] }],
    },
  ]
    .map((each) => JSON.stringify(each))
    .join('\n');
  assert.deepEqual(contentOfClaim(lines, 'claim:1'), {
    subject: 'event:a',
    stance: 'DENIES',
    spans: [{ exact: 'x' }],
  });
  assert.equal(contentOfClaim(lines, 'claim:2'), undefined);
});

test('vocabularies and fields are those of the schema', () => {
  const file = new URL('../../../../../schema/extraction.schema.json', import.meta.url);
  type Definition = { properties: Record<string, { enum?: string[] }> };
  const { $defs } = JSON.parse(readFileSync(file, 'utf8')) as { $defs: Record<string, Definition> };
  const values = (definition: string, field: string) => $defs[definition]?.properties[field]?.enum;
  assert.deepEqual(vocabularies.actor, values('actor', 'kind'));
  assert.deepEqual(vocabularies.location, values('location', 'kind'));
  assert.deepEqual(vocabularies.affiliation, values('affiliation', 'affiliationType'));
  assert.deepEqual(vocabularies.category, values('event', 'category'));
  assert.deepEqual(vocabularies.modality, values('event', 'modality'));
  assert.deepEqual([...vocabularies.stance, 'RETRACTS'], values('claim', 'stance'));
  assert.deepEqual(vocabularies.aspect, values('claim', 'aspect'));
  assert.deepEqual(vocabularies.figure, values('figure', 'kind'));
  assert.deepEqual(vocabularies.qualifier, values('figure', 'qualifier'));
  assert.deepEqual(contentFields, Object.keys($defs['claimContent']?.properties ?? {}));
});
