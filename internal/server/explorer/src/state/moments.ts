// Moments of knowledge, as the address and the API have them: a date-time, or a date of which the end counts.
const date = /^(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** Returns the moment from which everything of a date is known, in milliseconds; NaN for another form of text. */
export function momentOf(text: string): number {
  const found = date.exec(text);
  if (!found) return /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : NaN;
  const [year = 0, month, day] = found.slice(1).map((part: string | undefined) => part && Number(part)) as number[];
  const end = new Date(0);
  if (month === undefined) end.setUTCFullYear(year + 1, 0, 1);
  else if (day === undefined) end.setUTCFullYear(year, month, 1);
  else end.setUTCFullYear(year, month - 1, day + 1);
  return end.getTime();
}

/** Returns the last day of which everything is known at a moment, `2025-12-20`; empty if the moment is not a date. */
export function dayOf(text: string): string {
  const moment = momentOf(text);
  return Number.isNaN(moment) ? '' : new Date(moment - 1).toISOString().slice(0, 10);
}

export interface TwoMoments {
  knownAt: string | undefined;
  comparedWith: string | undefined;
}

/**
 * Returns the moments of a view with the earlier one as `comparedWith`. Equal moments are not compared; moments that
 * cannot be compared stay as they are, and the API says why.
 */
export function ordered({ knownAt, comparedWith }: TwoMoments): TwoMoments {
  if (knownAt === undefined || comparedWith === undefined) return { knownAt, comparedWith };
  const [later, earlier] = [momentOf(knownAt), momentOf(comparedWith)];
  if (later === earlier) return { knownAt, comparedWith: undefined };
  return earlier > later ? { knownAt: comparedWith, comparedWith: knownAt } : { knownAt, comparedWith };
}
