// A claim of the graph, as an export in the extraction format has it.
import { without } from './items';
import type { Json } from './types';

/** The fields of a claim's content: claimContent of schema/extraction.schema.json. */
export const contentFields = [
  'subject',
  'stance',
  'aspect',
  'claimants',
  'relayedBy',
  'document',
  'cites',
  'statedAt',
  'quote',
  'confidence',
  'spans',
  'note',
  'supersedes',
  'titles',
  'summaries',
  'category',
  'mode',
  'codes',
  'modality',
  'time',
  'nominal',
  'figures',
  'measures',
  'participants',
  'locations',
  'partOf',
  'respondsTo',
  'announces',
];

/**
 * Returns the content of a claim, as a correction has it; undefined if the export does not have the claim. An export
 * has claims in the records of their events, which state nothing by themselves.
 */
export function contentOfClaim(lines: string, id: string): Json | undefined {
  for (const line of lines.split('\n')) {
    if (!line.includes(id)) continue;
    const { id: subject, claims } = JSON.parse(line) as { id?: string; claims?: Json[] };
    const claim = claims?.find((each) => each['id'] === id);
    if (!claim) continue;
    const own = Object.entries(claim).filter(([field]) => contentFields.includes(field));
    const content: Json = { subject, ...Object.fromEntries(own) };
    const { spans } = content;
    return Array.isArray(spans)
      ? { ...content, spans: (spans as Json[]).map((span) => without(span, 'state')) }
      : content;
  }
  return undefined;
}
