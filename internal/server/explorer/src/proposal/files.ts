// The files of `casus extract`: NAME.proposal.jsonl and NAME.review.json.
import type { Decided } from './decisions';
import { withDecisions } from './decisions';
import { keyOf } from './items';
import type { Decision, Item, Json, Proposal, Review } from './types';

/** Why files are not a proposal. `where` is a file's name or a line. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
  constructor(
    readonly reason: 'json' | 'review' | 'version' | 'records' | 'missing' | 'apart' | 'large',
    readonly where = '',
  ) {
    super(`${reason} ${where}`);
  }
}

/** How many bytes all files may have: as many as the server takes. */
export const mostBytes = 32 << 20;

export interface TextFile {
  name: string;
  text: string;
}

/** Returns the proposal of files, whatever their names: one is a review, one or more have records. */
export function proposalOf(files: readonly TextFile[]): Proposal {
  let review: Review | undefined;
  const records: Json[] = [];
  let size = 0;
  for (const { name, text } of files) {
    size += text.length;
    if (size > mostBytes) throw new FileFault('large', name);
    const whole = name.endsWith('.jsonl') ? undefined : parse(text);
    if (isJson(whole) && Array.isArray(whole['items'])) review = reviewOf(whole, name);
    else records.push(...lines(text, name));
  }
  if (!review) throw new FileFault('missing', '.review.json');
  if (records.length === 0) throw new FileFault('missing', '.proposal.jsonl');
  return checked({ records, review });
}

/** Returns the proposal of an answer of the server. */
export function proposalOfAnswer(records: unknown, review: unknown): Proposal {
  if (!Array.isArray(records) || !records.every(isJson)) throw new FileFault('records');
  if (!isJson(review)) throw new FileFault('review');
  return checked({ records, review: reviewOf(review, '') });
}

/** Returns the review file with decisions, which the terminal and this page read again. */
export function reviewFile(review: Review, now: Decided): string {
  return `${JSON.stringify(withDecisions(review, now), null, 2)}\n`;
}

function checked(proposal: Proposal): Proposal {
  const { records, review } = proposal;
  const document = records.some((each) => each['type'] === 'document' && each['id'] === review.document);
  const fits = review.items.every(({ record = 0, type, claim = 0, added }) => {
    if (record === 0 || added) return true;
    const own = records[record - 1];
    return own !== undefined && (claim > 0 || own['type'] === type);
  });
  if (!document || !fits) throw new FileFault('apart');
  return proposal;
}

const types = ['actor', 'location', 'document', 'event', 'claim', 'affiliation'];

function reviewOf(value: Json, name: string): Review {
  const { version, document, title, items } = value;
  if (version !== 1) throw new FileFault('version', String(version));
  if (typeof document !== 'string' || !Array.isArray(items)) throw new FileFault('review', name);
  const read = items.map((each): Item => {
    if (!isJson(each) || !types.includes(each['type'] as string)) throw new FileFault('review', name);
    const { decision, sentences, flags, suggestions, ...rest } = each as unknown as Item;
    if (rest.added !== undefined && !isJson(rest.added)) throw new FileFault('review', name);
    const item: Item = { ...rest, label: typeof rest.label === 'string' ? rest.label : '', decision: null };
    if (Array.isArray(sentences)) item.sentences = sentences;
    if (Array.isArray(flags)) item.flags = flags;
    if (Array.isArray(suggestions)) item.suggestions = suggestions;
    const verdict = (decision as Decision | null | undefined)?.verdict;
    if (verdict === 'ACCEPT' || verdict === 'REJECT') item.decision = decision;
    return item;
  });
  const keys = new Set(read.map(keyOf));
  if (keys.size !== read.length || keys.has('')) throw new FileFault('review', name);
  return { version: 1, document, title: typeof title === 'string' ? title : '', items: read };
}

function lines(text: string, name: string): Json[] {
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    const value = parse(line);
    if (!isJson(value)) throw new FileFault('json', `${name}:${i + 1}`);
    if (typeof value['type'] !== 'string') throw new FileFault('records', `${name}:${i + 1}`);
    return [value];
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
