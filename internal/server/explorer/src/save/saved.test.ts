import assert from 'node:assert/strict';
import test from 'node:test';
import { runInNewContext } from 'node:vm';
import { emptySelection, initialView } from '../state/view';
import { answerOf, pageOf, type Saved } from './saved';

const saved: Saved = {
  source: 'https://casus.example/explore#v=1&category=ASSAULT',
  view: 'v=1&category=ASSAULT',
  at: '2026-01-02T03:04:05Z',
  version: 'v1',
  answers: [
    { query: 'Buckets', variables: { filter: { a: 1 }, interval: 'DAY', splitBy: 'CATEGORY' }, data: 'days' },
    { query: 'Evidence', variables: { id: 'event:a', languages: ['en'], knownAt: null }, data: 'a' },
  ],
  evidence: { count: 1, all: 2 },
  names: [],
  files: [],
};
const view = { ...initialView, selection: { ...emptySelection, categories: ['ASSAULT'] } };

test('the same question has its answer, with its variables in any order', () => {
  const variables = { splitBy: 'CATEGORY', interval: 'DAY', filter: { a: 1 }, knownAt: undefined };
  assert.equal(answerOf(saved, 'Buckets', variables, initialView), 'days');
});

test('another size of the screen has the answer of the saved selection only', () => {
  const wider = { filter: { b: 2 }, interval: 'WEEK', splitBy: 'CATEGORY' };
  assert.equal(
    answerOf(saved, 'Buckets', wider, { ...view, theme: 'dark', camera: { longitude: 1, latitude: 2, zoom: 3 } }),
    'days',
  );
  assert.equal(answerOf(saved, 'Buckets', wider, initialView), undefined);
  assert.equal(answerOf(saved, 'Buckets', wider, { ...view, knownAt: '2025' }), undefined);
  assert.equal(answerOf(saved, 'Buckets', { ...wider, splitBy: 'STATUS' }, view), undefined);
});

test('another event has no answer', () => {
  assert.equal(answerOf(saved, 'Evidence', { id: 'event:a', languages: ['uk'] }, view), 'a');
  assert.equal(answerOf(saved, 'Evidence', { id: 'event:b', languages: ['en'] }, view), undefined);
  assert.equal(answerOf(saved, 'Other', { id: 'event:a', languages: ['en'] }, view), undefined);
});

test('nothing in the page ends its script or its data', () => {
  const hostile = '</script><script>alert(1)</script><!-- </style> & "';
  const page = pageOf(
    { ...saved, version: hostile, answers: [{ query: hostile, variables: {}, data: hostile }] },
    { title: hostile, script: `const text = '</script><!-- <script>';`, style: `p::after { content: '</style>' }` },
  );
  assert.equal(page.match(/<\/script/gi)?.length, 2);
  assert.equal(page.match(/<script/gi)?.length, 2);
  assert.equal(page.match(/<\/style/gi)?.length, 1);
  const [, data = ''] = /id="saved">(.*?)<\/script>/s.exec(page) ?? [];
  assert.equal((JSON.parse(data) as Saved).answers[0]?.data, hostile);
  const [, script = ''] = /type="module">(.*?)<\/script>/s.exec(page) ?? [];
  assert.equal(runInNewContext(`${script}; text`), '</script><!-- <script>');
});
