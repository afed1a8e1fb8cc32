import assert from 'node:assert/strict';
import test from 'node:test';
import { buildSchema, parse, validate } from 'graphql';
import fs from 'node:fs';
import { batched } from './batch';
import type { Response } from './client';
import { merge, type Operation, textOf } from './operation';
import * as types from './types';

const folder = new URL('../../../../../schema/', import.meta.url);
const schema = buildSchema(
  fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.graphqls'))
    .map((name) => fs.readFileSync(new URL(name, folder), 'utf8'))
    .join('\n'),
);
const operations = Object.values(types) as Operation<unknown, unknown>[];

const named: Operation<unknown, unknown> = {
  name: 'Named',
  variables: '$id:ID!',
  fields: { node: 'node(id:$id){...on Actor{...named}}' },
  fragments: ['fragment named on Actor{name}'],
};

test('each operation is valid, by itself and with all others', () => {
  assert.ok(operations.length > 10);
  for (const operation of operations) assert.deepEqual(validate(schema, parse(textOf(operation))), []);
  const { text } = merge(operations.map((operation) => ({ operation, variables: {} })));
  assert.deepEqual(validate(schema, parse(text)), []);
});

test('merged operations have keys, variables and fragments of their own', () => {
  const merged = merge([
    { operation: named, variables: { id: 'actor:a' } },
    { operation: named, variables: { id: 'actor:b' } },
  ]);
  assert.equal(
    merged.text,
    'query Views($q0_id:ID!$q1_id:ID!){q0_node:node(id:$q0_id){...on Actor{...q0_named}} ' +
      'q1_node:node(id:$q1_id){...on Actor{...q1_named}}}' +
      'fragment q0_named on Actor{name}fragment q1_named on Actor{name}',
  );
  assert.deepEqual(merged.variables, { q0_id: 'actor:a', q1_id: 'actor:b' });
  assert.deepEqual(merged.split({ q0_node: 1, q1_node: null }), [{ node: 1 }, { node: null }]);
  assert.deepEqual(merged.split({ q0_node: 1 }), [{ node: 1 }, {}], 'a field that is not included has no key');
});

/** Returns a source whose requests are recorded and answered by a function. */
function recorded(answer: (query: string) => Response | Promise<Response>) {
  const sent: { query: string; signal: AbortSignal | undefined }[] = [];
  const source = batched(({ query }, signal) => {
    sent.push({ query, signal });
    return Promise.resolve(answer(query));
  });
  return { sent, ask: (id: string, signal?: AbortSignal) => source(named, { id }, signal) };
}

test('queries of one moment are one request', async () => {
  const { sent, ask } = recorded(() => ({ data: { q0_node: 'a', q1_node: 'b' } }));
  const answers = await Promise.all([ask('a'), ask('b')]);
  assert.deepEqual(answers, [{ data: { node: 'a' } }, { data: { node: 'b' } }]);
  assert.equal(sent.length, 1);
});

test('if a request is refused, each query is asked by itself', async () => {
  const fault = { message: 'too much', extensions: { code: 'LIMIT_EXCEEDED' } };
  const { sent, ask } = recorded((query) =>
    query.startsWith('query Views') ? { errors: [fault] } : { data: { node: 1 } },
  );
  assert.deepEqual(await Promise.all([ask('a'), ask('b')]), [{ data: { node: 1 } }, { data: { node: 1 } }]);
  assert.equal(sent.length, 3);
});

test('a reader who is not signed in is told once', async () => {
  const { sent, ask } = recorded(() => ({
    errors: [{ message: 'sign in', extensions: { code: 'UNAUTHENTICATED' } }],
  }));
  const answers = await Promise.all([ask('a'), ask('b')]);
  assert.ok(answers.every(({ errors }) => errors?.[0]?.message === 'sign in'));
  assert.equal(sent.length, 1);
});

test('a query that is no longer needed is not sent, and a request ends with the last of its queries', async () => {
  const { sent, ask } = recorded(() => new Promise(() => undefined));
  const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()];
  const asked = [ask('a', first.signal), ask('b', second.signal), ask('c', third.signal)];
  first.abort(new Error('early'));
  await assert.rejects(asked[0] ?? Promise.resolve(), /early/);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.doesNotMatch(sent[0]?.query ?? '', /q2_/);
  second.abort(new Error('late'));
  await assert.rejects(asked[1] ?? Promise.resolve(), /late/);
  const signal = sent[0]?.signal;
  assert.ok(signal && !signal.aborted);
  third.abort(new Error('last'));
  await assert.rejects(asked[2] ?? Promise.resolve(), /last/);
  assert.ok(signal.aborted);
});

test('without a server, every query fails', async () => {
  const { ask } = recorded(() => Promise.reject(new Error('no answer')));
  const answers = await Promise.allSettled([ask('a'), ask('b')]);
  assert.ok(answers.every(({ status }) => status === 'rejected'));
});
