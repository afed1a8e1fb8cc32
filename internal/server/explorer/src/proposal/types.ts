// A proposal: records that an article is to add to the graph, and the items that a person decides about. The types are
// those of the files of `casus extract`, and of the bodies of /proposals.

/** A record or a claim as JSON, with the fields of the extraction format. */
export type Json = Record<string, unknown>;

export type ItemType = 'actor' | 'location' | 'document' | 'event' | 'claim' | 'affiliation';

/** A numbered sentence of the text. Offsets count code points. */
export interface Sentence {
  number: number;
  start: number;
  end: number;
  text: string;
}

/** A doubt. docs/extract.md has the codes with what `values` are; `why` says it in English. */
export interface Flag {
  code: string;
  values?: Record<string, string>;
  why?: string;
}

/** A known node that an item is, or may be. */
export interface Suggestion {
  id: string;
  name: string;
  /** Why it may be meant; docs/extract.md has the codes. `why` says it in English. Old files have no code. */
  code?: string;
  detail?: string;
  why: string;
}

/** What a person decided about an item; see docs/review.md. */
export interface Decision {
  verdict: 'ACCEPT' | 'REJECT';
  known?: string;
  own?: true;
  edited?: Json;
}

export interface Item {
  /** The line of the record, from 1; absent or 0 for a link without a record. */
  record?: number;
  /** The position of the claim in its record, from 1; absent or 0 for the record. */
  claim?: number;
  type: ItemType;
  id?: string;
  label: string;
  key?: string;
  sentences?: Sentence[];
  manner?: string;
  known?: Suggestion;
  flags?: Flag[];
  suggestions?: Suggestion[];
  /** What the item is if it is not `known`. */
  own?: Json;
  /** What a person added: an event without its claims, or a claim. */
  added?: Json;
  decision: Decision | null;
}

export interface Review {
  version: 1;
  document: string;
  title: string;
  items: Item[];
}

/** The records and the review, which belong together. */
export interface Proposal {
  records: Json[];
  review: Review;
}

/** An entry of an answer that was refused, or one field that is left out, and why; `reason` says it in English. */
export interface Refusal {
  list: string;
  entry: number;
  field?: string;
  leftOut?: boolean;
  code?: string;
  values?: Record<string, string>;
  reason: string;
  found?: string;
  nearest?: string;
}

/** A number over all claims. */
export interface Estimate {
  low?: number;
  best?: number;
  high?: number;
  agreed: boolean;
}

export interface Toll {
  killed?: Estimate;
  wounded?: Estimate;
  figures?: (Estimate & { kind?: string; population?: string; unit?: string })[];
}

/** The headline of an event, as all claims have it. */
export interface EventState {
  status: string;
  modality: string;
  time: string;
  toll?: Toll;
  disagreements?: string[];
}

export interface EventEffect {
  event: string;
  title: string;
  claimsBefore: number;
  claimsAdded: number;
  before: EventState | null;
  after: EventState | null;
}

/** Why something is not loaded. The reason is English. */
export interface Cause {
  code?: string;
  values?: Record<string, string>;
  reason: string;
}

export interface Fault extends Cause {
  record?: number;
  claim?: number;
  id?: string;
  field?: string;
}

export interface Fallen extends Cause {
  record?: number;
  claim?: number;
  type: string;
  label: string;
  field?: string;
  because?: string;
}

/** A record that the loader refuses. */
export interface Reject extends Cause {
  record?: number;
  pointer?: string;
  found?: unknown;
}

export interface FieldEffect {
  node: string;
  field: string;
  before: unknown;
  after: unknown;
}

/** A field of a node on which sources differ without a decision. */
export interface Undecided {
  id: string;
  field: string;
  kept: unknown;
  dropped: unknown;
}

/** The answer of a preview and of a load. */
export interface Outcome {
  loaded: boolean;
  revision: number;
  counts: Record<'accepted' | 'rejected' | 'undecided' | 'edited' | 'records' | 'claims', number>;
  faults?: Fault[] | null;
  fallen?: Fallen[] | null;
  rejects?: Reject[] | null;
  report?: Json | null;
  reviews?: string[] | null;
  effects?: {
    events?: EventEffect[] | null;
    fields?: FieldEffect[] | null;
    undecided?: Undecided[] | null;
  } | null;
  merged?: { node: string; shownAsBefore: string; shownAs: string }[] | null;
}
