import { landOf } from '../map/shapes';
import assert from 'node:assert/strict';
import test from 'node:test';
import { paperOf } from '../marks/colours';
import { paint as paintMap } from '../map/draw';
import type { Ring } from '../map/extents';
import { paint as paintNetwork } from '../network/draw';
import { svgOf, wrap } from './picture';
import { SvgContext } from './svg';

const measure = (text: string) => 7 * Array.from(text).length;
const frame = { width: 100, height: 50, title: 'T', description: 'D' };
const paper = paperOf(false);

function recorded(paint: (context: SvgContext) => void): string[] {
  const context = new SvgContext(measure);
  paint(context);
  return context.svg(frame).split('\n').slice(4, -2);
}

test('shapes have the style of the moment at which they are painted', () => {
  const lines = recorded((context) => {
    context.fillStyle = '#123';
    context.fillRect(1, 2, 3, 4);
    context.globalAlpha = 0.5;
    context.strokeStyle = '#456';
    context.lineWidth = 2;
    context.setLineDash([4, 3]);
    context.strokeRect(0, 0, 10.123456, 5);
    context.setLineDash([]);
    context.beginPath();
    context.moveTo(0, 0);
    context.lineTo(5, 5);
    context.stroke();
  });
  assert.deepEqual(lines, [
    '<path d="M1 2h3v4h-3z" fill="#123"/>',
    '<path d="M0 0h10.12v5h-10.12z" fill="none" stroke="#456" stroke-width="2" stroke-dasharray="4 3" ' +
      'stroke-opacity="0.5"/>',
    '<path d="M0 0L5 5" fill="none" stroke="#456" stroke-width="2" stroke-opacity="0.5"/>',
  ]);
});

test('a circle is two halves, an arc a part of it', () => {
  const [circle, quarter] = recorded((context) => {
    context.beginPath();
    context.arc(10, 10, 5, 0, 2 * Math.PI);
    context.fill();
    context.beginPath();
    context.arc(0, 0, 2, 0, Math.PI / 2);
    context.fill();
  });
  assert.match(circle ?? '', /d="M15 10A5 5 0 0 1 5 10A5 5 0 0 1 15 10"/);
  assert.match(quarter ?? '', /d="M2 0A2 2 0 0 1 1.41 1.41A2 2 0 0 1 0 2"/);
});

test('a text with its outline is in the file once, and hostile ones are texts', () => {
  const lines = recorded((context) => {
    context.font = 'bold 12px system-ui, "Noto Naskh Arabic", sans-serif';
    context.textAlign = 'center';
    context.strokeStyle = '#fff';
    for (const text of ['<script>"&\u0000\ud800', 'زيلينسكي']) {
      context.strokeText(text, 5, 6);
      context.fillText(text, 5, 6);
    }
  });
  assert.equal(lines.length, 2);
  assert.match(lines[0] ?? '', />&lt;script&gt;&quot;&amp;\ufffd<\/text>$/);
  assert.match(
    lines[1] ?? '',
    /font-weight="bold" text-anchor="middle" stroke="#fff".* paint-order="stroke" fill=.*>زيلينسكي</,
  );
});

test('what is saved is restored, and moves what follows', () => {
  const lines = recorded((context) => {
    context.save();
    context.translate(10, 20);
    context.scale(2, 2);
    context.fillStyle = '#111';
    context.fillRect(0, 0, 1, 1);
    context.restore();
    context.fillRect(0, 0, 1, 1);
  });
  assert.deepEqual(lines, [
    '<path d="M0 0h1v1h-1z" fill="#111" transform="matrix(2 0 0 2 10 20)"/>',
    '<path d="M0 0h1v1h-1z" fill="#000"/>',
  ]);
});

const caption = { title: 'Casus: Map', what: 'All events', whence: 'Casus v1', direction: 'ltr' as const, paper };
const size = { width: 400, height: 200 };
const labelsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);

test('a network has the names of its actors, and the caption', () => {
  const scene = {
    nodes: ['Ann', 'Bob', 'Зоя'].map((name, i) => ({ id: `actor:${i}`, name, radius: 5, community: i })),
    links: [{ source: 0, target: 1, weight: 3, width: 2 }],
    positions: new Float32Array([0, 0, 100, 100, 200, 20]),
    camera: { scale: 1, x: 50, y: 20 },
    chosen: ['actor:0'],
    focused: undefined,
    hovered: undefined,
    link: undefined,
    paper,
  };
  const svg = svgOf({ size: () => size, paint: (context) => paintNetwork(context, scene, size) }, caption, measure);
  assert.deepEqual(labelsOf(svg).sort(), ['All events', 'Ann', 'Bob', 'Casus v1', 'Casus: Map', 'Зоя']);
  assert.match(svg, /<title>Casus: Map<\/title>\n<desc>All events\nCasus v1<\/desc>/);
  assert.match(svg, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="400" height="267" viewBox="0 0 400 267"/);
});

test('a map has its numbers and signs, and its land as lines', () => {
  const ring = [[-10, -10], [-10, 10], [10, 10], [10, -10], [-10, -10]]; // prettier-ignore
  const land = landOf({
    land: { type: 'Feature' as const, properties: {}, geometry: { type: 'Polygon' as const, coordinates: [ring] } },
    borders: { type: 'MultiLineString' as const, coordinates: [] },
  });
  const across: Ring = [[178, 5], [182, 5], [182, 0], [178, 5]]; // prettier-ignore
  const scene = {
    camera: { longitude: 0, latitude: 0, zoom: 2 },
    backdrop: { land },
    marks: [
      { longitude: 0, latitude: 0, events: 17 },
      { longitude: 5, latitude: 5, events: 1, event: { id: 'event:a', name: 'A', category: 'AID' } },
      { longitude: 179, latitude: 5, events: 1, areas: [[across]] },
    ],
    chosen: { id: 'event:a', point: null },
    focused: undefined,
    box: { west: -5, south: -5, east: 5, north: 5 },
    brush: undefined,
    paper,
    language: 'en',
  };
  const svg = svgOf({ size: () => size, paint: (context) => paintMap(context, scene, size) }, caption, measure);
  assert.deepEqual(labelsOf(svg), ['17', '■', 'Casus: Map', 'All events', 'Casus v1']);
  assert.ok(svg.split('<path').length > 7);
  // An area has the rule for holes, and one across the antimeridian is as wide as it is: 4 of 360 degrees.
  const [, start, end] = /<path d="M([\d.-]+) [\d.-]+L([\d.-]+) [^"]*Z" fill-rule="evenodd"/.exec(svg) ?? [];
  assert.ok(Math.abs(Number(end) - Number(start) - (4 / 360) * 1024) < 0.02, `${start} to ${end}`);
});

test('a caption is divided at spaces, and within long words', () => {
  assert.deepEqual(wrap('one two three', 60, measure), ['one two', 'three']);
  assert.deepEqual(wrap('a https://casus.example/ b', 70, measure), ['a', 'https://ca', 'sus.exampl', 'e/ b']);
  assert.deepEqual(wrap('', 60, measure), []);
});
