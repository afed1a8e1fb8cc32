// Names in drawings: cut where they are longer than there is room, and written in their own direction.

/** The font of all texts in drawings, as CSS writes it. */
export const font = '12px system-ui, "Noto Naskh Arabic", sans-serif';

/** What measures and writes texts: a canvas, or a drawing for a file. */
type Writer = Pick<CanvasRenderingContext2D, 'measureText' | 'direction'>;

/** No name that fits into a drawing has more characters. */
const longest = 300;

const rightToLeft = /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u;

/** Returns the start of a text that is at most as wide as that, and sets the direction in which it is written. */
export function fitted(writer: Writer, text: string, width: number): string {
  writer.direction = rightToLeft.test(text) ? 'rtl' : 'ltr';
  if (text.length <= longest && writer.measureText(text).width <= width) return text;
  const letters = Array.from(text.slice(0, longest));
  let [fits, most] = [0, letters.length];
  while (fits < most) {
    const middle = Math.ceil((fits + most) / 2);
    if (writer.measureText(cut(letters, middle)).width <= width) fits = middle;
    else most = middle - 1;
  }
  return cut(letters, fits);
}

function cut(letters: readonly string[], length: number): string {
  return `${letters.slice(0, length).join('')}…`;
}
