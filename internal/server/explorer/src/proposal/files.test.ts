import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { FileFault, proposalOf, reviewFile } from './files';
import { contentOf, hashOf, isClaim, keyOf, textOfDocument, wordsOf } from './items';
import { sampleProposal } from './sample';

const folder = new URL('../../../../extract/testdata/', import.meta.url);
const read = (name: string) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') });
const files = () => [read('talks.review.json'), read('talks.proposal.jsonl')];

test('the files of casus extract become a proposal, whose words stand in its text', () => {
  const proposal = proposalOf(files());
  assert.equal(hashOf(proposal), '7645abbd57da577f8ead4a4ac2ca2c4eb8cbd348ee9b3bebd3394e982d223f01');
  const points = Array.from(textOfDocument(proposal));
  let checked = 0;
  for (const item of proposal.review.items.filter(isClaim)) {
    const content = contentOf(proposal, item);
    const spans = content?.['spans'] as { exact: string }[];
    wordsOf(content).forEach(({ start, end }, i) => {
      assert.equal(points.slice(start, end).join(''), spans[i]?.exact);
      checked++;
    });
  }
  assert.equal(checked, 20);
});

test('a review file with decisions is read again', () => {
  const proposal = proposalOf(files());
  const now = new Map([[keyOf(proposal.review.items[3] ?? { record: 0 }), { verdict: 'REJECT' as const }]]);
  const again = proposalOf([
    { name: 'a.review.json', text: reviewFile(proposal.review, now) },
    ...files().slice(1),
  ]);
  assert.deepEqual(again.review.items[3]?.decision, { verdict: 'REJECT' });
});

test('files that are no proposal are refused with the reason', () => {
  const [review, records] = files();
  const { review: own } = sampleProposal();
  const cases: [reason: string, files: { name: string; text: string }[]][] = [
    ['missing', review ? [review] : []],
    ['missing', records ? [records] : []],
    ['json', [{ name: 'a.jsonl', text: '{"type":"actor"}\n{' }]],
    ['records', [{ name: 'a.jsonl', text: '{}' }]],
    ['version', [{ name: 'a.json', text: '{"version":2,"items":[]}' }]],
    ['review', [{ name: 'a.json', text: '{"version":1,"document":"d","items":[{"type":"ship"}]}' }]],
    ['apart', [{ name: 'a.json', text: JSON.stringify(own) }, ...(records ? [records] : [])]],
  ];
  for (const [reason, given] of cases) {
    assert.throws(
      () => proposalOf(given),
      (error) => error instanceof FileFault && error.reason === reason,
      reason,
    );
  }
});
