import assert from 'node:assert/strict';
import test from 'node:test';

// The page's language is in its address.
Object.assign(globalThis, { location: { hash: '' } });
const { worded } = await import('./codes');
const { change } = await import('../state/store');
const { followLanguage, language } = await import('../i18n/messages');
const { followReviewLanguage } = await import('../i18n/review');

test('a flag has the words of its code with its values', () => {
  assert.equal(
    worded('flag.NAME_KNOWN.why', { name: 'Нора' }),
    '\u2068Нора\u2069 does not stand in the text; a known one has this name.',
  );
  assert.equal(worded('flag.SAME_EVENT.why', { count: '1', name: 'Talks' })?.startsWith('1 claim is added'), true);
  assert.equal(worded('flag.SAME_EVENT.why', { count: '2', name: 'Talks' })?.startsWith('2 claims are'), true);
  assert.equal(
    worded('flag.WEEKDAY_DIFFERS.why', { weekdays: 'Monday, Friday', time: '2031-03-04', weekday: 'Tuesday' }),
    'The text names Monday and Friday, but 2031-03-04 is a Tuesday.',
  );
  assert.match(
    worded('flag.TIME_LATER.why', { modality: 'OCCURRED', time: '2032', published: '2031' }) ?? '',
    /happened/,
  );
  assert.match(worded('flag.WORDS_ELSEWHERE.why', { sentences: '3 4 5' }) ?? '', /3, 4,? and 5/);
});

test('without a text, or with a value missing, there are no words of the page', () => {
  assert.equal(worded('flag.NEW.why', { name: 'x' }), undefined);
  assert.equal(worded('flag.NAME_KNOWN.why', { words: 'x' }), undefined);
  assert.equal(worded('flag.NAME_KNOWN.why'), undefined);
  assert.equal(worded('flag.NAME_KNOWN.why', { name: 5 as unknown as string }), undefined);
  assert.equal(worded('refusal.toString'), undefined);
});

test('a value is not read as a name of another value', () => {
  const words = worded('flag.SAME_EVENT.why', { count: '2', name: '{count} {name}' });
  assert.equal(words, '2 claims are added to \u2068{count} {name}\u2069, which the graph has.');
});

test('weekdays and dates are written as the language writes them', async () => {
  // No page is there to have a language and a direction.
  Object.assign(globalThis, { document: { documentElement: {} } });
  const stop = followLanguage();
  followReviewLanguage();
  for (const [chosen, day] of [
    ['uk', 'понеділок'],
    ['ar', 'الاثنين'],
  ] as const) {
    change({ language: chosen });
    const values = { weekdays: 'Monday', time: '2031-03-04', weekday: 'Tuesday' };
    let words = '';
    // Both files of the language have to be loaded.
    for (let i = 0; i < 500 && (language.value !== chosen || words === '' || /[a-z]/i.test(words)); i++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      words = worded('flag.WEEKDAY_DIFFERS.why', values) ?? '';
    }
    assert.ok(words.includes(day), words);
    assert.equal(words.includes('\u20662031-03-04\u2069'), chosen === 'ar', words);
    assert.doesNotMatch(words, /[a-z]/i);
  }
  stop();
});
