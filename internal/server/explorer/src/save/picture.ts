// A drawing as a file, with lines below it that say what it shows.
import type { Drawing } from '../canvas/drawings';
import { font } from '../canvas/text';
import type { Paper } from '../marks/colours';
import { SvgContext } from './svg';

export interface Caption {
  title: string;
  /** What is shown, in the direction of the page, and whence, from left to right. */
  what: string;
  whence: string;
  direction: 'ltr' | 'rtl';
  paper: Paper;
}

const margin = 8;
const lineHeight = 17;
/** Pixels of a PNG for each pixel on the screen. */
const ratio = 2;

/** Returns a drawing as SVG. `measure` returns the width of a text in a font. */
export function svgOf(drawing: Drawing, caption: Caption, measure: (text: string, font: string) => number): string {
  const recorder = new SvgContext(measure);
  const context = recorder as unknown as CanvasRenderingContext2D; // It has what the drawings use of it.
  const { width, height } = drawing.size();
  drawing.paint(context);
  const below = paintCaption(context, caption, width, height);
  return recorder.svg({
    width,
    height: height + below,
    title: caption.title,
    description: `${caption.what}\n${caption.whence}`,
  });
}

/** Returns a drawing as PNG, with twice as many pixels as on the screen in each direction. */
export function pngOf(drawing: Drawing, caption: Caption): Promise<Blob> {
  const { width, height } = drawing.size();
  const measured = document.createElement('canvas').getContext('2d');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { alpha: false });
  if (!context || !measured) return Promise.reject(new Error('no canvas'));
  const below = paintCaption(measured, caption, width, height);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round((height + below) * ratio);
  context.scale(ratio, ratio);
  drawing.paint(context);
  paintCaption(context, caption, width, height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
  });
}

/** Returns the width of a text in a font, as the browser draws it. */
export function browserMeasure(): (text: string, font: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  return (text, own) => {
    if (!context) return text.length * 7;
    context.font = own;
    return context.measureText(text).width;
  };
}

/** Paints the caption below a drawing and returns its height. */
function paintCaption(
  context: CanvasRenderingContext2D,
  { title, what, whence, direction, paper }: Caption,
  width: number,
  top: number,
): number {
  context.font = font;
  const measure = (text: string) => context.measureText(text).width;
  const rows = [
    ...[title, what].map((text) => ({ text, own: direction })),
    { text: whence, own: 'ltr' as const },
  ].flatMap(({ text, own }) => wrap(text, width - 2 * margin, measure).map((row) => ({ row, own })));
  const height = rows.length * lineHeight + 2 * margin;
  context.fillStyle = paper.paper;
  context.fillRect(0, top, width, height);
  context.fillStyle = paper.ink;
  context.textAlign = direction === 'rtl' ? 'right' : 'left';
  context.textBaseline = 'alphabetic';
  rows.forEach(({ row, own }, i) => {
    context.direction = own;
    context.fillText(row, direction === 'rtl' ? width - margin : margin, top + margin + i * lineHeight + 12);
  });
  return height;
}

/** Returns a text in rows of at most a width, divided at spaces, or within words that are longer. */
export function wrap(text: string, width: number, measure: (text: string) => number): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ')) {
    let rest = word;
    const joined = row === '' ? rest : `${row} ${rest}`;
    if (measure(joined) <= width) {
      row = joined;
      continue;
    }
    if (row !== '') rows.push(row);
    for (let letters = Array.from(rest); measure(rest) > width && letters.length > 1; letters = Array.from(rest)) {
      let end = letters.length - 1;
      while (end > 1 && measure(letters.slice(0, end).join('')) > width) end--;
      rows.push(letters.slice(0, end).join(''));
      rest = letters.slice(end).join('');
    }
    row = rest;
  }
  return row === '' ? rows : [...rows, row];
}
