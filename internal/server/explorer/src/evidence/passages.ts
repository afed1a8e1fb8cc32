// The words of spans within a document's text. Offsets count code points, as in the API; strings of JavaScript count
// UTF-16 units.

export interface Span {
  start: number;
  end: number;
  state: string;
}

/** A part of a text: marked, if it has the state of a span. `gap` says that text before it is left out. */
export interface Passage {
  text: string;
  state?: string;
  gap?: true;
}

/**
 * Returns the marked words with up to `context` code points before and after them, in the order of the text. Where
 * spans overlap, the part that they share has the state of the first. Spans outside the text are left out.
 */
export function passages(text: string, spans: readonly Span[], context: number): Passage[] {
  const points = Array.from(text);
  const slice = (start: number, end: number) => points.slice(start, end).join('');
  const valid = spans
    .filter((span) => span.start >= 0 && span.start < span.end && span.end <= points.length)
    .sort((a, b) => a.start - b.start || a.end - b.end);

  const parts: Passage[] = [];
  let shown = 0; // everything before it is shown or left out
  let contextEnd = 0; // up to here the context after the last span reaches
  for (const span of valid) {
    const contextStart = Math.max(shown, span.start - context);
    if (contextStart > contextEnd) {
      if (contextEnd > shown) parts.push({ text: slice(shown, contextEnd) });
      parts.push({ text: slice(contextStart, span.start), gap: true });
    } else if (span.start > shown) {
      parts.push({ text: slice(shown, span.start) });
    }
    const start = Math.max(shown, span.start);
    if (span.end > start) parts.push({ text: slice(start, span.end), state: span.state });
    shown = Math.max(start, span.end);
    contextEnd = Math.min(points.length, shown + context);
  }
  if (valid.length > 0) {
    if (contextEnd > shown) parts.push({ text: slice(shown, contextEnd) });
    if (contextEnd < points.length) parts.push({ text: '', gap: true });
  }
  return parts.filter((part) => part.text !== '' || part.gap);
}
