import type { Label } from './names';

/** A node with its name. */
export interface NamedNode {
  id: string;
  label: Label;
}

interface Statement {
  claimants: NamedNode[];
  document: { publisher: NamedNode | null } | null;
}

/** Returns who says it: the claimants, else the publisher, who speaks for itself; empty if neither is known. */
export function speakers({ claimants, document }: Statement): NamedNode[] {
  if (claimants.length > 0) return claimants;
  return document?.publisher ? [document.publisher] : [];
}
