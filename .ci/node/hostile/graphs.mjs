// Graphs that try to break a page, as records of the extraction format. Each has the records and what the page must
// say of them: the numbers of events in all, without a time and without a place.

const published = {
  type: 'document', id: 'document:d', titles: ['A source'], publisher: 'actor:p', publishedAt: '2025-03-02',
};
const publisher = { type: 'actor', id: 'actor:p', kind: 'COMPANY', names: ['The Daily'] };

/** The document that says it all, and its publisher. */
export const source = [publisher, published];

/** An event of a graph, with a title, on 2025-03-01. */
export function event(n, fields = {}) {
  return {
    type: 'event', id: `event:${n}`, titles: [`Event ${n}`], category: 'ASSAULT', time: '2025-03-01',
    document: 'document:d', ...fields,
  };
}

/** A place of a graph. */
export function place(n, latitude, longitude, fields = {}) {
  const point = { latitude, longitude };
  return { type: 'location', id: `location:${n}`, kind: 'CITY', names: [`Place ${n}`], point, ...fields };
}

const at = (n, precision = 1) => [{ location: `location:${n}`, role: 'VENUE', precision }];
const numbers = (count) => Array.from({ length: count }, (_, i) => i);

const rightToLeft = '\u202E';
const bold = (text) => [...text].map((c) => String.fromCodePoint(c.codePointAt(0) + 0x1d3bf)).join('');

/** Names that would run, turn the page round, or leave their element if it were not careful. */
export const names = [
  '<script>document.title = "run"</script>',
  '<img src=x onerror="document.title=\'run\'">',
  '"><svg onload=document.title=1>',
  'javascript:document.title="run"',
  '{{constructor.constructor("document.title=1")()}} ${1+1} %s %00',
  `Harbour ${rightToLeft}gnp.exe`,
  '\u2067\u2067\u2067 never closed',
  'مرفأ \u2066closed\u2069 الشمال (1) <b>',
  'Z' + '\u0300'.repeat(60) + 'algo' + '\u0316'.repeat(60),
  '👩‍👩‍👧‍👦🇺🇦🏴‍☠️ emoji 👨🏿‍🚒',
  bold('MATHEMATICAL'),
  'one\ntwo\ttabs\u00a0and\u2028lines',
  'zero\u200bwidth\u200d\u2060joiners\ufeff',
  'W'.repeat(300),
  '한국어와 日本語 и українська',
];

/** A name as the page may show it: browsers and Casus normalise white space. */
export const visible = (name) => name.replace(/\s+/gu, ' ').trim();

function* hostileNames() {
  yield { ...publisher, names: [names[0]] };
  yield { ...published, titles: [names[1]], language: 'en', text: names.join(' | ') };
  for (const [i, name] of names.entries()) {
    yield { type: 'actor', id: `actor:n${i}`, kind: 'PERSON', names: [name] };
    yield place(i, 40 + i, 30 + i, { names: [name] });
    yield event(i, {
      titles: [name], summaries: [name], mode: 'x', time: `2025-03-${String(i + 1).padStart(2, '0')}`,
      participants: [
        { actor: `actor:n${i}`, role: 'INITIATOR' }, { actor: `actor:n${(i + 1) % names.length}`, role: 'RECIPIENT' },
      ],
      locations: at(i),
      claims: [
        { claimants: [`actor:n${i}`], note: name, ...(/\s/.test(name) ? {} : { spans: [{ exact: name }] }) },
        { claimants: [`actor:n${(i + 1) % names.length}`], stance: 'DENIES' },
      ],
    });
  }
}

/** The most bytes of a name and of a title: casus load rejects longer ones. */
const longestName = 2000;
const longestTitle = 8192;
const titles = [
  'x'.repeat(longestTitle), 'ж'.repeat(longestTitle / 2), 'طويل '.repeat(900).trim(), '👩‍🚒'.repeat(700),
];

function* longTitles() {
  yield publisher;
  yield published;
  yield { type: 'actor', id: 'actor:long', kind: 'PERSON', names: ['n'.repeat(longestName)] };
  yield { type: 'actor', id: 'actor:words', kind: 'PERSON', names: ['many words '.repeat(180).trim()] };
  yield place('long', 1, 2, { names: ['p'.repeat(longestName)] });
  for (const [i, title] of titles.entries()) {
    yield event(i, {
      titles: [title], summaries: [title], locations: at('long'),
      participants: [{ actor: 'actor:long', role: 'INITIATOR' }, { actor: 'actor:words', role: 'RECIPIENT' }],
    });
  }
}

function* onePoint(count) {
  yield publisher;
  yield published;
  yield place('one', 50.45, 30.52);
  for (const i of numbers(count)) yield event(i, { locations: at('one'), time: `2025-0${1 + (i % 9)}` });
}

function* oneMoment(count) {
  yield publisher;
  yield published;
  for (const i of numbers(count)) yield event(i, { time: '2025-03-01T12:00:00Z' });
}

function* without(field) {
  yield publisher;
  yield published;
  yield { type: 'actor', id: 'actor:a', kind: 'STATE', names: ['Northland'] };
  for (const i of numbers(12)) yield place(i, i, i);
  for (const i of numbers(12)) {
    const time = `2025-${String(i + 1).padStart(2, '0')}`;
    const participants = [{ actor: 'actor:a', role: 'INITIATOR' }];
    yield event(i, { time, participants, locations: at(i), [field]: undefined });
  }
}

const times = [
  '-9999', '-9999-01-01', '-0044-03-15', '0000', '0001-01-01', '1789-07-14', '2024-02-29', '9999', '9999-12-31',
  '../2025', '2025/..', '-9999/9999', 'XXXX', '202X', '2025-21', '[2025-03-01..2025-03-09]', '../..',
];

function* allTime() {
  yield publisher;
  yield published;
  for (const [i, time] of times.entries()) yield event(i, { time, titles: [`At ${time}`], locations: at('edge') });
  yield place('edge', 90, 180);
}

function* crowd() {
  yield publisher;
  yield published;
  for (const i of numbers(500)) yield { type: 'actor', id: `actor:${i}`, kind: 'PERSON', names: [`Person ${i}`] };
  yield event(0, { participants: numbers(500).map((i) => ({ actor: `actor:${i}`, role: 'PARTICIPANT' })) });
}

/** An event whose source takes its word back 200 times, and that reaches it through 200 others. */
function* chain() {
  yield publisher;
  for (const i of numbers(200)) {
    yield { type: 'actor', id: `actor:${i}`, kind: 'ORGANIZATION', names: [`Agency ${i}`] };
    const publishedAt = new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10);
    yield { type: 'document', id: `document:${i}`, titles: [`Report ${i}`], publisher: 'actor:p', publishedAt };
  }
  yield event(0, {
    document: 'document:0', time: '2024-12-01',
    claims: [{ id: 'claim:0', claimants: ['actor:0'], relayedBy: numbers(199).map((i) => `actor:${i + 1}`) }],
  });
  for (const i of numbers(199)) {
    yield {
      type: 'claim', id: `claim:${i + 1}`, subject: 'event:0', document: `document:${i + 1}`, claimants: ['actor:0'],
      stance: i % 3 === 2 ? 'DENIES' : 'ASSERTS', titles: [`Version ${i + 1}`], time: '2024-12-01',
      figures: [{ kind: 'KILLED', best: i }], supersedes: [`claim:${i}`],
    };
  }
}

/** The graphs by name, with flags of the server. `many` is the number of events in one place or moment. */
export function graphs(many) {
  const some = Math.min(many, 3000);
  return {
    names: { records: hostileNames(), events: names.length },
    titles: { records: longTitles(), events: 4 },
    point: { records: onePoint(many), events: many },
    bounded: { records: onePoint(some), events: some, flags: ['--max-index-events=1000'] },
    moment: { records: oneMoment(some), events: some, noMap: true },
    placeless: { records: without('locations'), events: 12, noMap: true },
    timeless: { records: without('time'), events: 12, timeless: 12 },
    empty: { records: [], events: 0, noMap: true, timelineEmpty: true },
    dates: { records: allTime(), events: times.length, timeless: 2 },
    crowd: { records: crowd(), events: 1, noMap: true },
    chain: { records: chain(), events: 1, noMap: true },
  };
}
