// Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), as far as the server uses them.

export interface ServerEvent {
  type: string;
  data: string;
}

/** Returns a function that takes the text of a stream in pieces and returns the events that are complete. */
export function eventReader(): (piece: string) => ServerEvent[] {
  let rest = '';
  return (piece) => {
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => {
      const lines = block.split('\n');
      const valueOf = (name: string) =>
        lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
      const data = valueOf('data');
      return data.length > 0 ? [{ type: valueOf('event')[0] ?? 'message', data: data.join('\n') }] : [];
    });
  };
}
