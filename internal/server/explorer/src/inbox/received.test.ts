import assert from 'node:assert/strict';
import test from 'node:test';
import { Script } from 'node:vm';
import { articleMessage, bookmarkletAddress, bookmarkletCode, mostCharacters } from './bookmarklet';
import { offerOf, receive } from './received';

const origin = 'https://news.example';
const message = { type: articleMessage, content: 'Text', format: 'text', title: ' A\n title ' };

test('a message is bounded, and speaks for its own origin only', () => {
  const offer = offerOf(
    { ...message, address: 'https://other.example/a', published: 'yesterday', language: '<b>' },
    origin,
  );
  assert.ok(typeof offer === 'object');
  assert.deepEqual(offer, {
    origin,
    article: {
      content: 'Text',
      format: 'text',
      title: 'A title',
      publisher: '',
      published: '',
      address: '',
      language: '',
    },
  });
  const long = offerOf(
    { ...message, title: 'a'.repeat(9000), address: `${origin}/a`, published: '2031-03-04' },
    origin,
  );
  assert.ok(typeof long === 'object');
  assert.equal(long.article.title.length, 2000);
  assert.equal(long.article.address, `${origin}/a`);
  assert.equal(long.article.published, '2031-03-04');
  assert.equal(offerOf({ ...message, content: 'a'.repeat(mostCharacters + 1) }, origin), 'large');
  for (const other of [undefined, 'text', 7, {}, { ...message, type: 'x' }, { ...message, content: ' ' }, []]) {
    assert.equal(offerOf(other, origin), undefined);
  }
});

/** A window that messages can be sent to. */
function fakeWindow() {
  const listeners = new Set<(event: MessageEvent) => void>();
  return {
    addEventListener: (_: 'message', listener: (event: MessageEvent) => void) => void listeners.add(listener),
    removeEventListener: (_: 'message', listener: (event: MessageEvent) => void) => void listeners.delete(listener),
    send: (source: unknown, data: unknown) =>
      [...listeners].forEach((each) => each({ source, data, origin } as MessageEvent)),
    listeners,
  };
}

test('the first offer of the opener is taken, and no other', () => {
  const [page, opener, other] = [fakeWindow(), {}, {}];
  const taken: unknown[] = [];
  receive(page, opener, (offer) => taken.push(offer));
  page.send(other, message);
  page.send(opener, 'noise');
  assert.equal(taken.length, 0);
  page.send(opener, message);
  page.send(opener, { ...message, content: 'Another' });
  assert.deepEqual(taken, [offerOf(message, origin)]);
});

test('a page that sends other messages is no longer listened to', () => {
  const [page, opener] = [fakeWindow(), {}];
  receive(page, opener, () => assert.fail('taken'));
  for (let i = 0; i < 20; i++) page.send(opener, i);
  assert.equal(page.listeners.size, 0);
});

test('the bookmarklet is a program, and names no token', () => {
  const code = bookmarkletCode('http://127.0.0.1:8080/inbox#lang=uk');
  assert.doesNotThrow(() => new Script(code));
  assert.match(code, /postMessage\(article, origin\)/);
  assert.doesNotMatch(code, /token|cookie|fetch|localStorage/i);
  assert.equal(decodeURIComponent(bookmarkletAddress(code).replace(/^javascript:/, '')), code);
});
