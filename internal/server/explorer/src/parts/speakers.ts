import type { Label } from './names';

/** A node with its name. */
export interface NamedNode {
  id: string;
  label: Label;
}

export interface Statement {
  claimants: NamedNode[];
  document: { id?: string; publisher: NamedNode | null } | null;
}

/** Returns who says it: the claimants, else the publisher, who speaks for itself; empty if neither is known. */
export function speakers({ claimants, document }: Statement): NamedNode[] {
  if (claimants.length > 0) return claimants;
  return document?.publisher ? [document.publisher] : [];
}

/** Returns the ids of all who say one of the statements; of those without a voice, the ids of their documents. */
export function voicesOf(statements: readonly Statement[]): Set<string> {
  return new Set(
    statements.flatMap((each) => {
      const voices = speakers(each).map(({ id }) => id);
      return voices.length > 0 ? voices : [each.document?.id ?? ''];
    }),
  );
}
