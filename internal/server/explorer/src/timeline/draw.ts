// Paints the timeline.
import { fitted, font } from '../canvas/text';
import { dateFormat, eraOf } from '../i18n/format';
import type { Time } from '../i18n/time';
import { categorySign, colourOf, type Paper } from '../marks/colours';
import { type Difference, differenceColour, paintDifference } from '../marks/difference';
import { hatch } from '../marks/hatch';
import { type Bar, span } from './bars';
import type { Bucket, Column } from './columns';
import { axisHeight, type Layout, rowTop } from './layout';
import { type Mark, markOf, sameMark } from './marks';
import { type Scale, type TickUnit, ticks, x } from './scale';

export interface Scene {
  scale: Scale;
  layout: Layout;
  /** The least height at which marks can be distinguished. */
  least: number;
  /** `coloured`: the lane's key has a colour of its own. In other lanes the categories of the events have them. */
  lanes: { key: string; name: string; coloured: boolean }[];
  bars: Bar[];
  columns: Column[];
  /** What the columns count. */
  buckets: Bucket[];
  /** The chosen event, its time, and the mark that the keyboard is on. */
  chosen: string | undefined;
  chosenTime: Time | undefined;
  focused: Mark | undefined;
  brush: { from: number; to: number } | undefined;
  paper: Paper;
  language: string;
}

const tickSpacing = 110;
/** The height from which a bar has room for the shape of its category. */
const tallSign = 11;
/** The alpha of the fill of pale bars. */
const paleFill = 0.25;

const tickFormats: Record<TickUnit, Intl.DateTimeFormatOptions> = {
  hour: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  day: { month: 'short', day: 'numeric' },
  month: { year: 'numeric', month: 'short' },
  year: { year: 'numeric' },
};

export function paint(
  context: CanvasRenderingContext2D,
  scene: Scene,
  size: { width: number; height: number },
): void {
  const { paper, layout } = scene;
  context.fillStyle = paper.paper;
  context.fillRect(0, 0, size.width, size.height);
  context.font = font;
  context.textBaseline = 'alphabetic';
  context.direction = 'ltr';
  paintAxis(context, scene);
  for (const column of scene.columns) paintColumn(context, column, scene);
  if (scene.columns.length > 0) paintChosenTime(context, scene);
  for (const bar of scene.bars) paintBar(context, bar, scene);
  paintLanes(context, scene, size);
  if (scene.brush) {
    context.fillStyle = paper.accent;
    context.globalAlpha = 0.2;
    context.fillRect(scene.brush.from, 0, scene.brush.to - scene.brush.from, layout.bottom);
    context.globalAlpha = 1;
  }
}

function paintAxis(context: CanvasRenderingContext2D, scene: Scene): void {
  const { scale, paper, layout, language } = scene;
  context.strokeStyle = paper.edge;
  context.fillStyle = paper.muted;
  context.lineWidth = 1;
  context.textAlign = 'left';
  for (const { moment, unit } of ticks(scale, tickSpacing)) {
    const left = Math.round(x(scale, moment)) + 0.5;
    context.beginPath();
    context.moveTo(left, 0);
    context.lineTo(left, layout.bottom);
    context.stroke();
    const format = dateFormat(language, { ...tickFormats[unit], ...eraOf(moment), timeZone: 'UTC' });
    const text = format.format(moment);
    // Only a text at the edge has to be measured.
    const fits = left + tickSpacing <= scale.width || left + 4 + context.measureText(text).width <= scale.width;
    if (fits) context.fillText(text, left + 4, 15);
  }
}

function paintLanes(context: CanvasRenderingContext2D, scene: Scene, { width }: { width: number }): void {
  const { lanes, layout, paper } = scene;
  context.fillStyle = paper.edge;
  context.fillRect(0, axisHeight - 1, width, 1);
  context.lineWidth = 3;
  lanes.forEach(({ name }, i) => {
    const { top, height } = layout.lanes[i] ?? { top: 0, height: 0 };
    context.strokeStyle = paper.paper;
    const text = fitted(context, name, width / 2);
    context.strokeText(text, 5, top + 12);
    context.fillStyle = paper.ink;
    context.fillText(text, 5, top + 12);
    context.fillStyle = paper.edge;
    context.fillRect(0, Math.round(top + height), width, 1);
  });
  context.direction = 'inherit';
}

function paintColumn(context: CanvasRenderingContext2D, column: Column, scene: Scene): void {
  const { left, width, certain, possible } = column;
  const { top, height } = scene.layout.lanes[column.lane] ?? { top: 0, height: 0 };
  const floor = top + height;
  const lane = scene.lanes[column.lane];
  const colour = lane?.coloured ? colourOf(lane.key) : scene.paper.accent;
  if (possible > certain) {
    context.fillStyle = hatch(context, colour);
    context.fillRect(left, floor - possible, width, possible - certain);
  }
  context.fillStyle = colour;
  context.fillRect(left, floor - certain, width, certain);
  if (column.before !== undefined) paintChange(context, column, floor, column.before, scene.paper);
  if (scene.focused && sameMark(scene.focused, markOf(scene, column))) {
    context.strokeStyle = scene.paper.ink;
    context.lineWidth = 2;
    context.strokeRect(left - 2, floor - possible - 2, width + 4, possible + 3);
  }
}

/** Frames the time of the chosen event, which has no bar of its own among columns. */
function paintChosenTime(context: CanvasRenderingContext2D, { chosenTime, scale, layout, paper }: Scene): void {
  const at = chosenTime && span(chosenTime, scale);
  if (!at) return;
  context.strokeStyle = paper.ink;
  context.lineWidth = 2;
  context.strokeRect(at.left - 2, axisHeight, at.width + 4, layout.bottom - axisHeight - 1);
}

/** Paints what a column has gained, as a frame around its upper part, or lost, as a dashed frame above it. */
function paintChange(
  context: CanvasRenderingContext2D,
  { left, width, possible: now }: Column,
  floor: number,
  before: number,
  paper: Paper,
): void {
  const difference: Difference = now > before ? 'gained' : 'lost';
  const [low, high] = now > before ? [before, now] : [now, before];
  context.strokeStyle = differenceColour(difference, paper);
  context.lineWidth = 1.5;
  context.setLineDash(difference === 'lost' ? [2, 2] : []);
  context.strokeRect(left + 0.5, floor - high + 0.5, Math.max(1, width - 1), Math.max(1, high - low - 1));
  context.setLineDash([]);
  const radius = Math.min(6, width / 2, (high - low) / 2);
  if (radius >= 3.5)
    paintDifference(context, difference, { x: left + width / 2, y: floor - (low + high) / 2 }, radius, paper);
}

function paintBar(context: CanvasRenderingContext2D, bar: Bar, scene: Scene): void {
  const { layout, lanes, paper, chosen, focused } = scene;
  const top = rowTop(layout, bar.lane, bar.row);
  const height = layout.rowHeight;
  if (bar.ghost || bar.difference === 'lost') {
    paintFormer(context, bar, top, height, paper);
    return;
  }
  const colour = colourOf(lanes[bar.lane]?.coloured ? (lanes[bar.lane]?.key ?? '') : bar.category);
  context.globalAlpha = bar.pale ? paleFill : 1;
  context.fillStyle = bar.certain ? colour : hatch(context, colour);
  context.fillRect(bar.left, top, bar.width, height);
  context.fillStyle = colour;
  if (bar.openEnd) paintArrow(context, bar.left + bar.width, top, height, 1);
  if (bar.openStart) paintArrow(context, bar.left, top, height, -1);
  context.globalAlpha = 1;
  if (!bar.certain || bar.vague || bar.pale) {
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.setLineDash(bar.vague ? [4, 3] : []);
    context.strokeRect(bar.left + 0.5, top + 0.5, bar.width - 1, height - 1);
    context.setLineDash([]);
  }
  if (bar.difference) paintBadge(context, bar, bar.difference, top, height, paper);
  else if (bar.certain && height >= tallSign && bar.width >= tallSign) paintSign(context, bar, top, height, paper);
  if (bar.id === chosen || sameMark(focused, { bar: bar.id })) {
    context.strokeStyle = bar.id === chosen ? paper.ink : paper.accent;
    context.lineWidth = 2;
    context.strokeRect(bar.left - 2, top - 2, bar.width + 4, height + 4);
  }
}

/** Paints the shape of an event's category into its bar. */
function paintSign(context: CanvasRenderingContext2D, bar: Bar, top: number, height: number, paper: Paper): void {
  context.fillStyle = bar.pale ? paper.ink : paper.paper;
  context.textAlign = 'center';
  context.fillText(categorySign(bar.category), bar.left + bar.width / 2, top + height / 2 + 4);
  context.textAlign = 'left';
}

/** Paints where an event was said to be at the earlier moment, as an empty dashed frame. */
function paintFormer(context: CanvasRenderingContext2D, bar: Bar, top: number, height: number, paper: Paper): void {
  const difference = bar.difference ?? 'changed';
  context.strokeStyle = differenceColour(difference, paper);
  context.lineWidth = 1.5;
  context.setLineDash([2, 2]);
  context.strokeRect(bar.left + 0.5, top + 0.5, bar.width - 1, height - 1);
  context.setLineDash([]);
  paintBadge(context, bar, difference, top, height, paper);
}

/** Paints the sign of a difference at the start of a bar, or at the edge where the bar begins before. */
function paintBadge(
  context: CanvasRenderingContext2D,
  bar: Bar,
  difference: Difference,
  top: number,
  height: number,
  paper: Paper,
): void {
  const radius = Math.min(6.5, Math.max(4, height / 2));
  const at = { x: Math.max(radius, bar.left + Math.min(radius, bar.width / 2)), y: top + height / 2 };
  paintDifference(context, difference, at, radius, paper);
}

/** Paints an arrow whose tip is at an edge: the time is open there. */
function paintArrow(
  context: CanvasRenderingContext2D,
  tip: number,
  top: number,
  height: number,
  direction: 1 | -1,
): void {
  context.beginPath();
  context.moveTo(tip - direction * 9, top - 2);
  context.lineTo(tip - direction, top + height / 2);
  context.lineTo(tip - direction * 9, top + height + 2);
  context.fill();
}
