// The queries of the shown views. Code that saves or explains a view reads them here, without knowing the view.
import type { Panel } from '../state/view';

export interface Question {
  /** The panel that shows the answer, if it is in one. */
  panel: Panel | undefined;
  query: string;
  /** The current variables; undefined if nothing is asked. */
  variables: unknown;
  /** The answer that is shown, with the variables that it is for. */
  answered: { variables: unknown; data: unknown } | undefined;
}

const asked = new Set<() => Question>();

/** Adds a question until the result is called. */
export function addQuestion(read: () => Question): () => void {
  asked.add(read);
  return () => asked.delete(read);
}

/** Returns the questions in the order in which their views were shown. */
export function questions(): Question[] {
  return [...asked].map((read) => read()).filter((question) => question.variables !== undefined);
}
