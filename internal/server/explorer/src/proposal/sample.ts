// A small proposal for tests: two actors, a document, an event with two claims, a tie, and a link.
import type { Item, Proposal } from './types';

const text = 'Nora Venn met the union. “We won’t sail,” the union said.';

export function sampleProposal(): Proposal {
  const item = (value: Partial<Item> & Pick<Item, 'type' | 'label'>): Item => ({ decision: null, ...value });
  return {
    records: [
      { type: 'actor', id: 'actor:venn', kind: 'PERSON', names: [{ value: 'Nora Venn', language: 'en' }] },
      { type: 'actor', id: 'actor:union', kind: 'ORGANIZATION', names: [{ value: 'the union' }] },
      { type: 'document', id: 'document:1', titles: ['Talks'], sha256: 'abc', text },
      {
        type: 'event',
        id: 'event:talks',
        titles: [{ value: 'Talks', language: 'en' }],
        category: 'CONSULT',
        modality: 'OCCURRED',
        time: '2031-03-03',
        document: 'document:1',
        claims: [
          { stance: 'ASSERTS', aspect: 'OCCURRENCE', spans: [{ start: 0, end: 24, exact: text.slice(0, 24) }] },
          {
            stance: 'DENIES',
            aspect: 'CHARACTERIZATION',
            claimants: ['actor:union'],
            quote: { text: '“We won’t sail,”', direct: true, speaker: 'actor:union' },
            figures: [{ kind: 'KILLED', best: 2, population: 'CIVILIAN' }],
            spans: [{ start: 25, end: 41, exact: '“We won’t sail,”' }],
          },
        ],
      },
      {
        type: 'affiliation',
        holder: 'actor:venn',
        counterpart: 'actor:union',
        affiliationType: 'OFFICE',
        claims: [{}],
      },
    ],
    review: {
      version: 1,
      document: 'document:1',
      title: 'Talks',
      items: [
        item({ record: 1, type: 'actor', id: 'actor:venn', label: 'Nora Venn' }),
        item({ record: 2, type: 'actor', id: 'actor:union', label: 'the union', flags: [{ code: 'NAME_KNOWN' }] }),
        item({ record: 3, type: 'document', id: 'document:1', label: 'Talks' }),
        item({ record: 4, type: 'event', id: 'event:talks', label: 'Talks' }),
        item({ record: 4, claim: 1, type: 'claim', label: 'met' }),
        item({ record: 4, claim: 2, type: 'claim', label: 'sail' }),
        item({ record: 5, type: 'affiliation', label: 'office' }),
        item({
          type: 'location',
          id: 'location:astel',
          label: 'Astel',
          known: { id: 'location:astel', name: 'Port Astel', why: 'all words' },
        }),
      ],
    },
  };
}
