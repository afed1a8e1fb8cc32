// Writes a generated graph of many events as records of the extraction format: node many.mjs EVENTS
//
// The same number always gives the same records: ten years, half of the events in bursts, places and actors of which a
// few have most events, and claims that became known quarter by quarter.
const events = Number(process.argv[2]);
if (!(events > 0)) {
  console.error('usage: node many.mjs EVENTS');
  process.exit(2);
}

// mulberry32, a generator of random numbers with a state of 32 bits.
let state = 7;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

/** Returns a number below `n`, small ones most often. */
const few = (n) => Math.floor(n * random() ** 3);
const places = 2000;
const actors = 400;
const days = 3650;
const quarter = 91;
const categories = ['ASSAULT', 'COERCE', 'CONSULT', 'AGREE', 'AID', 'PROTEST', 'ACCUSE', 'STATEMENT'];
const day = (n) => new Date(Date.UTC(2014, 0, 1 + n)).toISOString().slice(0, 10);

let lines = [];
const write = (record) => lines.push(JSON.stringify(record));
write({ type: 'actor', id: 'actor:paper', kind: 'COMPANY', names: ['The Daily'] });
for (let i = 0; i < actors; i++) write({ type: 'actor', id: `actor:${i}`, kind: 'ARMED_GROUP', names: [`Group ${i}`] });
for (let i = 0; i < places; i++) {
  const point = { latitude: 44 + 8 * random(), longitude: 22 + 18 * random() };
  write({ type: 'location', id: `location:${i}`, kind: 'CITY', names: [`Town ${i}`], point });
}
// A document for each quarter, published after it, so that something becomes known at many moments.
for (let i = 0; i <= days / quarter; i++) {
  const publishedAt = day((i + 1) * quarter);
  write({ type: 'document', id: `document:${i}`, titles: [`Report ${i}`], publisher: 'actor:paper', publishedAt });
}
for (let i = 0; i < events; i++) {
  const at = random() < 0.5 ? few(40) * 90 + few(10) : Math.floor(days * random());
  write({
    type: 'event', id: `event:${i}`, titles: [`Event ${i}`], category: categories[few(categories.length)],
    time: random() < 0.1 ? `${day(at)}/${day(at + 1 + few(30))}` : day(at),
    document: `document:${Math.floor(at / quarter)}`,
    participants: [
      { actor: `actor:${few(actors)}`, role: 'INITIATOR' }, { actor: `actor:${few(actors)}`, role: 'RECIPIENT' },
    ],
    locations: [{ location: `location:${few(places)}`, role: 'VENUE', precision: 1 + few(4) }],
  });
  if (lines.length < 5000) continue;
  process.stdout.write(`${lines.join('\n')}\n`);
  lines = [];
}
process.stdout.write(`${lines.join('\n')}\n`);
