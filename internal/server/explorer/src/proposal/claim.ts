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

/** Returns the content of a claim, as a correction has it; undefined if the export does not have the claim. */
export function contentOfClaim(lines: string, id: string): Json | undefined {
  for (const line of lines.split('\n')) {
    if (!line.includes(id)) continue;
    const record = JSON.parse(line) as Json;
    if (record['type'] !== 'claim' || record['id'] !== id) continue;
    const content = Object.fromEntries(Object.entries(record).filter(([field]) => contentFields.includes(field)));
    const { spans } = content;
    if (!Array.isArray(spans)) return content;
    return { ...content, spans: (spans as Json[]).map((span) => without(span, 'state')) };
  }
  return undefined;
}
