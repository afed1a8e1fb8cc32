// A context with the methods of a canvas context that writes SVG, so that the same functions paint drawings on the
// screen and in files.

type Style = string | CanvasGradient | CanvasPattern;
type Matrix = [number, number, number, number, number, number];

const identity: Matrix = [1, 0, 0, 1, 0, 0];
const hatchCell = 6;

/** The part of a canvas context that the painting functions use; others may be added here. */
export class SvgContext {
  fillStyle: Style = '#000';
  strokeStyle: Style = '#000';
  lineWidth = 1;
  lineCap: CanvasLineCap = 'butt';
  lineJoin: CanvasLineJoin = 'miter';
  globalAlpha = 1;
  font = '10px sans-serif';
  textAlign: CanvasTextAlign = 'start';
  textBaseline: CanvasTextBaseline = 'alphabetic';
  direction: CanvasDirection = 'ltr';

  private dash: number[] = [];
  private matrix = identity;
  private clipId = '';
  private path = '';
  private readonly saved: Partial<SvgContext>[] = [];
  private readonly parts: string[] = [];
  private readonly definitions: string[] = [];
  private readonly hatches = new Map<string, { id: string }>();
  private halo: { key: string; attributes: string } | undefined;

  /** `measure` returns the width of a text in a font, in pixels. */
  constructor(private readonly measure: (text: string, font: string) => number) {}

  /** Returns the drawing, with its title and its description for readers who do not see it. */
  svg({ width, height, title, description }: Frame): string {
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(height)}" ` +
      `viewBox="0 0 ${n(width)} ${n(height)}" role="img">\n` +
      `<title>${escape(title)}</title>\n<desc>${escape(description)}</desc>\n` +
      `<defs>${this.definitions.join('')}</defs>\n${this.parts.join('\n')}\n</svg>\n`
    );
  }

  /** Returns a style of diagonal lines; see marks/hatch. */
  hatch(colour: string): CanvasPattern {
    let style = this.hatches.get(colour);
    if (!style) {
      style = { id: `hatch${this.hatches.size}` };
      this.hatches.set(colour, style);
      const lines = [-hatchCell, 0, hatchCell].map((x) => `M${x - 1} ${hatchCell + 1}L${x + hatchCell + 1} -1`);
      this.definitions.push(
        `<pattern id="${style.id}" width="${hatchCell}" height="${hatchCell}" patternUnits="userSpaceOnUse">` +
          `<path d="${lines.join('')}" fill="none" stroke="${escape(colour)}" stroke-width="1.4"/></pattern>`,
      );
    }
    return style as unknown as CanvasPattern;
  }

  save(): void {
    this.saved.push(Object.assign({}, this));
  }

  restore(): void {
    const { path, halo } = this;
    Object.assign(this, this.saved.pop(), { path, halo });
  }

  translate(x: number, y: number): void {
    this.transform(1, 0, 0, 1, x, y);
  }

  scale(x: number, y: number): void {
    this.transform(x, 0, 0, y, 0, 0);
  }

  rotate(angle: number): void {
    const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
    this.transform(cosine, sine, -sine, cosine, 0, 0);
  }

  transform(a: number, b: number, c: number, d: number, e: number, f: number): void {
    const [p, q, r, s, t, u] = this.matrix;
    this.matrix = [
      p * a + r * b,
      q * a + s * b,
      p * c + r * d,
      q * c + s * d,
      p * e + r * f + t,
      q * e + s * f + u,
    ];
  }

  setLineDash(dash: number[]): void {
    this.dash = dash;
  }

  beginPath(): void {
    this.path = '';
  }

  closePath(): void {
    this.path += 'Z';
  }

  moveTo(x: number, y: number): void {
    this.path += `M${n(x)} ${n(y)}`;
  }

  lineTo(x: number, y: number): void {
    this.path += `${this.path === '' ? 'M' : 'L'}${n(x)} ${n(y)}`;
  }

  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void {
    this.path += `Q${n(cx)} ${n(cy)} ${n(x)} ${n(y)}`;
  }

  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void {
    this.path += `C${n(ax)} ${n(ay)} ${n(bx)} ${n(by)} ${n(x)} ${n(y)}`;
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.path += rectangle(x, y, width, height);
  }

  roundRect(x: number, y: number, width: number, height: number, radius: number): void {
    const r = Math.min(radius, width / 2, height / 2);
    const arc = (toX: number, toY: number) => `A${n(r)} ${n(r)} 0 0 1 ${n(toX)} ${n(toY)}`;
    this.path +=
      `M${n(x + r)} ${n(y)}H${n(x + width - r)}${arc(x + width, y + r)}V${n(y + height - r)}` +
      `${arc(x + width - r, y + height)}H${n(x + r)}${arc(x, y + height - r)}V${n(y + r)}${arc(x + r, y)}Z`;
  }

  arc(x: number, y: number, radius: number, from: number, to: number, counterclockwise = false): void {
    this.ellipse(x, y, radius, radius, 0, from, to, counterclockwise);
  }

  ellipse(
    x: number,
    y: number,
    radiusX: number,
    radiusY: number,
    rotation: number,
    from: number,
    to: number,
    counterclockwise = false,
  ): void {
    const turn = counterclockwise ? from - to : to - from;
    const swept =
      Math.abs(turn) >= 2 * Math.PI ? 2 * Math.PI : ((turn % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
    const direction = counterclockwise ? -1 : 1;
    const at = (angle: number) => {
      const [u, v] = [radiusX * Math.cos(angle), radiusY * Math.sin(angle)];
      const [sine, cosine] = [Math.sin(rotation), Math.cos(rotation)];
      return `${n(x + u * cosine - v * sine)} ${n(y + u * sine + v * cosine)}`;
    };
    this.path += `${this.path === '' || this.path.endsWith('Z') ? 'M' : 'L'}${at(from)}`;
    for (const half of [from + (direction * swept) / 2, from + direction * swept]) {
      const degrees = n((rotation * 180) / Math.PI);
      this.path += `A${n(radiusX)} ${n(radiusY)} ${degrees} 0 ${counterclockwise ? 0 : 1} ${at(half)}`;
    }
  }

  clip(): void {
    this.clipId = `clip${this.definitions.length}`;
    this.definitions.push(`<clipPath id="${this.clipId}"><path d="${this.path}"${this.moved()}/></clipPath>`);
  }

  fill(rule: CanvasFillRule = 'nonzero'): void {
    const rules = rule === 'nonzero' ? '' : ` fill-rule="${rule}"`;
    if (this.path !== '') this.put(`<path d="${this.path}"${rules}${this.filled()}`);
  }

  stroke(): void {
    if (this.path !== '') this.put(`<path d="${this.path}" fill="none"${this.stroked()}`);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    if (width !== 0 && height !== 0) this.put(`<path d="${rectangle(x, y, width, height)}"${this.filled()}`);
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.put(`<path d="${rectangle(x, y, width, height)}" fill="none"${this.stroked()}`);
  }

  measureText(text: string): { width: number } {
    return { width: this.measure(text, this.font) };
  }

  /** A text's outline is written with the text, if that follows: the text is in the file once. */
  strokeText(text: string, x: number, y: number): void {
    const attributes = `${this.stroked()} stroke-linejoin="round" paint-order="stroke"`;
    this.halo = { key: `${text} ${x} ${y}`, attributes };
  }

  fillText(text: string, x: number, y: number): void {
    const halo = this.halo?.key === `${text} ${x} ${y}` ? this.halo.attributes : '';
    this.halo = undefined;
    const shift = { top: '0.8em', hanging: '0.8em', middle: '0.35em', bottom: '-0.2em' } as Record<string, string>;
    const rightToLeft = this.direction === 'rtl';
    const start = rightToLeft ? 'right' : 'left';
    const anchor =
      this.textAlign === 'center' ? 'middle' : ['start', start].includes(this.textAlign) ? 'start' : 'end';
    const [, style = '', size = '10', family = 'sans-serif'] = /^(.*?)\s*([\d.]+)px\s+(.*)$/.exec(this.font) ?? [];
    const attributes = attributesOf({
      x: n(x),
      y: n(y),
      dy: shift[this.textBaseline],
      'font-family': escape(family),
      'font-size': size,
      'font-weight': /bold|[1-9]00/.exec(style)?.[0],
      'text-anchor': anchor === 'start' ? undefined : anchor,
      direction: rightToLeft ? 'rtl' : undefined,
    });
    this.put(`<text${attributes}${halo}${this.filled()}`, `${escape(text)}</text>`);
  }

  private put(start: string, content?: string): void {
    const clip = this.clipId === '' ? '' : ` clip-path="url(#${this.clipId})"`;
    this.parts.push(`${start}${clip}${this.moved()}${content === undefined ? '/>' : `>${content}`}`);
  }

  private filled(): string {
    return attributesOf({ fill: paintOf(this.fillStyle), 'fill-opacity': this.opacity() });
  }

  private stroked(): string {
    const { dash, lineCap, lineJoin } = this;
    return attributesOf({
      stroke: paintOf(this.strokeStyle),
      'stroke-width': n(this.lineWidth),
      'stroke-dasharray': dash.length > 0 ? dash.map(n).join(' ') : undefined,
      'stroke-linecap': lineCap === 'butt' ? undefined : lineCap,
      'stroke-linejoin': lineJoin === 'miter' ? undefined : lineJoin,
      'stroke-opacity': this.opacity(),
    });
  }

  private opacity(): string | undefined {
    return this.globalAlpha < 1 ? n(this.globalAlpha) : undefined;
  }

  private moved(): string {
    return this.matrix === identity ? '' : ` transform="matrix(${this.matrix.map(n).join(' ')})"`;
  }
}

export interface Frame {
  width: number;
  height: number;
  title: string;
  description: string;
}

/** Returns attributes of an element; undefined ones are left out. */
function attributesOf(values: Record<string, string | undefined>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return given.map(([name, value]) => ` ${name}="${value}"`).join('');
}

function rectangle(x: number, y: number, width: number, height: number): string {
  return `M${n(x)} ${n(y)}h${n(width)}v${n(height)}h${n(-width)}z`;
}

function paintOf(style: Style): string {
  return typeof style === 'string' ? escape(style) : `url(#${(style as unknown as { id: string }).id})`;
}

/** Returns a number with at most two decimals. */
function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Returns a text for XML, without the characters that XML cannot have. */
export function escape(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
