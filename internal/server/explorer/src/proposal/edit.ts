// The common fields of a record or a claim as texts of a form, and back. Fields without a place in the form stay.
import { without } from './items';
import type { Json } from './types';

export interface FigureField {
  kind: string;
  best: string;
  qualifier: string;
  unit: string;
  /** The figure that it was, whose other fields stay. */
  rest: Json;
}

/** The words of a claim. */
export interface SpanField {
  start?: number;
  end?: number;
  exact: string;
}

/** The fields of a form; undefined if the item has no such field. */
export interface Fields {
  /** The name or title in each language. */
  names?: { value: string; language: string }[];
  kind?: string;
  country?: string;
  category?: string;
  modality?: string;
  time?: string;
  stance?: string;
  aspect?: string;
  claimants?: string[];
  direct?: boolean;
  figures?: FigureField[];
  spans?: SpanField[];
  position?: string;
  language?: string;
  url?: string;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const list = (value: unknown) => (Array.isArray(value) ? (value as unknown[]) : []);

/** Returns the fields of an item's content. */
export function fieldsOf(type: string, content: Json): Fields {
  switch (type) {
    case 'actor':
    case 'location':
      return { names: namesOf(content['names']), kind: text(content['kind']), country: text(content['country']) };
    case 'document':
      return { names: namesOf(content['titles']), language: text(content['language']), url: text(content['url']) };
    case 'event':
      return {
        names: namesOf(content['titles']),
        category: text(content['category']),
        modality: text(content['modality']),
        time: text(content['time']),
      };
    case 'affiliation':
      return { kind: text(content['affiliationType']), position: text(content['position']) };
    default:
      return {
        stance: text(content['stance']) || 'ASSERTS',
        aspect: text(content['aspect']) || 'OCCURRENCE',
        claimants: list(content['claimants']).map(text),
        time: text(content['time']),
        direct: (content['quote'] as Json | undefined)?.['direct'] === true,
        figures: list(content['figures']).map((each) => {
          const rest = each as Json;
          const { kind, best, qualifier, unit } = rest;
          return {
            kind: text(kind),
            best: typeof best === 'number' ? String(best) : '',
            qualifier: text(qualifier) || 'EXACT',
            unit: text(unit),
            rest,
          };
        }),
        spans: list(content['spans']).map((each) => {
          const { start, end, exact } = each as Json;
          const span: SpanField = { exact: text(exact) };
          return typeof start === 'number' && typeof end === 'number' ? { ...span, start, end } : span;
        }),
      };
  }
}

function namesOf(value: unknown): { value: string; language: string }[] {
  return list(value).map((each) =>
    typeof each === 'string'
      ? { value: each, language: '' }
      : { value: text((each as Json)['value']), language: text((each as Json)['language']) },
  );
}

/** Returns the content with the fields of a form. An empty field is left out. */
export function withFields(type: string, content: Json, fields: Fields): Json {
  let next: Json = { ...content };
  const set = (field: string, value: unknown) => {
    const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
    next = empty ? without(next, field) : { ...next, [field]: value };
  };
  const names = fields.names
    ?.filter(({ value }) => value.trim() !== '')
    .map(({ value, language }) => ({ value: value.trim(), ...(language !== '' && { language }) }));
  switch (type) {
    case 'actor':
    case 'location':
      set('names', names);
      set('kind', fields.kind);
      set('country', fields.country?.trim().toUpperCase());
      return next;
    case 'document':
      set('titles', names);
      set('language', fields.language?.trim());
      set('url', fields.url?.trim());
      return next;
    case 'event':
      set('titles', names);
      set('category', fields.category);
      set('modality', fields.modality);
      set('time', fields.time?.trim());
      return next;
    case 'affiliation':
      set('affiliationType', fields.kind);
      set('position', fields.position?.trim());
      return next;
    default:
      setClaimFields(content, fields, set);
      return next;
  }
}

function setClaimFields(content: Json, fields: Fields, set: (field: string, value: unknown) => void): void {
  const before = fieldsOf('claim', content);
  const put = (field: string, value: unknown, old: unknown) => {
    if (!sameContent(value, old)) set(field, value); // What the form does not change stays as it is written.
  };
  put('stance', fields.stance, before.stance);
  put('aspect', fields.aspect, before.aspect);
  put('claimants', fields.claimants, before.claimants);
  put('time', fields.time?.trim(), before.time);
  if (!sameContent(fields.figures, before.figures)) set('figures', fields.figures?.flatMap(figureOf));
  const quote = content['quote'] as Json | undefined;
  const isMoved = !sameContent(fields.spans, before.spans);
  if (isMoved) set('spans', fields.spans);
  if (isMoved || fields.direct !== before.direct) {
    const words = isMoved ? (fields.spans ?? []).map(({ exact }) => exact).join(' … ') : quote?.['text'];
    const rest = without(quote ?? {}, 'direct', 'speaker');
    const speaks = fields.direct ? { direct: true, ...speakerOf(quote?.['speaker'], fields.claimants) } : {};
    if (typeof words === 'string' && words !== '') set('quote', { ...rest, text: words, ...speaks });
  } else if (typeof quote?.['speaker'] === 'string' && !sameContent(fields.claimants, before.claimants)) {
    const { speaker, ...rest } = quote;
    set('quote', { ...rest, ...speakerOf(speaker, fields.claimants) });
  }
}

function figureOf({ kind, best, qualifier, unit, rest }: FigureField): Json[] {
  if (kind === '') return [];
  return [
    {
      ...without(rest, 'best', 'unit', 'qualifier'),
      kind,
      ...(unit.trim() !== '' && { unit: unit.trim() }),
      ...(/^\d+$/.test(best.trim()) && { best: Number(best) }),
      ...(qualifier !== 'EXACT' && { qualifier }),
    },
  ];
}

/** Direct speech is a claimant's: the speaker stays as long as it claims, else it is the only claimant. */
function speakerOf(speaker: unknown, claimants: readonly string[] = []): Json {
  if (typeof speaker === 'string' && (claimants.length === 0 || claimants.includes(speaker))) return { speaker };
  return claimants.length === 1 ? { speaker: claimants[0] } : {};
}

/** Reports whether two contents are the same, in any order of their fields. */
export function sameContent(a: unknown, b: unknown): boolean {
  return stable(a) === stable(b);
}

function stable(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([x], [y]) => (x < y ? -1 : 1)))
      : each,
  );
}
