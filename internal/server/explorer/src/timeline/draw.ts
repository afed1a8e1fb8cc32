// Paints the timeline.
import { dateFormat } from '../i18n/format';
import { colourOf, type Paper } from '../marks/colours';
import { hatch } from '../marks/hatch';
import type { Bar } from './bars';
import { type Scale, type TickUnit, ticks, x } from './scale';
import { type Column, type Layout, rowTop } from './scene';

export interface Scene {
  scale: Scale;
  layout: Layout;
  lanes: { key: string; name: string }[];
  bars: Bar[];
  columns: Column[];
  /** The chosen event and the mark that the keyboard is on. */
  chosen: string | undefined;
  focused: { bar?: string; bucket?: number } | undefined;
  brush: { from: number; to: number } | undefined;
  paper: Paper;
  language: string;
}

const font = '12px system-ui, "Noto Naskh Arabic", sans-serif';
const tickSpacing = 110;

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
  const { paper, layout, lanes } = scene;
  context.fillStyle = paper.paper;
  context.fillRect(0, 0, size.width, size.height);
  context.font = font;
  context.textBaseline = 'alphabetic';
  context.direction = 'ltr';
  paintAxis(context, scene, size);
  for (const column of scene.columns) paintColumn(context, column, layout, lanes[column.lane]?.key ?? '');
  for (const bar of scene.bars) paintBar(context, bar, scene);
  paintLanes(context, scene, size);
  if (scene.brush) {
    context.fillStyle = paper.accent;
    context.globalAlpha = 0.2;
    context.fillRect(scene.brush.from, 0, scene.brush.to - scene.brush.from, layout.axis);
    context.globalAlpha = 1;
  }
}

function paintAxis(context: CanvasRenderingContext2D, scene: Scene, { height }: { height: number }): void {
  const { scale, paper, layout, language } = scene;
  context.strokeStyle = paper.edge;
  context.fillStyle = paper.muted;
  context.lineWidth = 1;
  context.textAlign = 'left';
  for (const { moment, unit } of ticks(scale, tickSpacing)) {
    const left = Math.round(x(scale, moment)) + 0.5;
    context.beginPath();
    context.moveTo(left, 0);
    context.lineTo(left, layout.axis + 5);
    context.stroke();
    context.fillText(
      dateFormat(language, { ...tickFormats[unit], timeZone: 'UTC' }).format(moment),
      left + 4,
      height - 8,
    );
  }
}

function paintLanes(context: CanvasRenderingContext2D, scene: Scene, { width }: { width: number }): void {
  const { lanes, layout, paper } = scene;
  context.lineWidth = 3;
  lanes.forEach(({ name }, i) => {
    const top = i * layout.laneHeight;
    context.strokeStyle = paper.paper;
    context.strokeText(name, 5, top + 12);
    context.fillStyle = paper.ink;
    context.fillText(name, 5, top + 12);
    context.fillStyle = paper.edge;
    context.fillRect(0, Math.round(top + layout.laneHeight), width, 1);
  });
}

function paintColumn(context: CanvasRenderingContext2D, column: Column, layout: Layout, key: string): void {
  const floor = (column.lane + 1) * layout.laneHeight;
  const colour = colourOf(key);
  if (column.possible > column.certain) {
    context.fillStyle = hatch(context, colour);
    context.fillRect(column.left, floor - column.possible, column.width, column.possible - column.certain);
  }
  context.fillStyle = colour;
  context.fillRect(column.left, floor - column.certain, column.width, column.certain);
}

function paintBar(context: CanvasRenderingContext2D, bar: Bar, scene: Scene): void {
  const { layout, lanes, paper, chosen, focused } = scene;
  const top = rowTop(layout, bar.lane, bar.row);
  const height = layout.rowHeight;
  const colour = colourOf(lanes[bar.lane]?.key ?? '');
  context.fillStyle = bar.certain ? colour : hatch(context, colour);
  context.fillRect(bar.left, top, bar.width, height);
  if (!bar.certain || bar.vague) {
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.setLineDash(bar.vague ? [4, 3] : []);
    context.strokeRect(bar.left + 0.5, top + 0.5, bar.width - 1, height - 1);
    context.setLineDash([]);
  }
  context.fillStyle = colour;
  if (bar.openEnd) paintArrow(context, bar.left + bar.width, top, height, 1);
  if (bar.openStart) paintArrow(context, bar.left, top, height, -1);
  if (bar.id === chosen || bar.id === focused?.bar) {
    context.strokeStyle = bar.id === chosen ? paper.ink : paper.accent;
    context.lineWidth = 2;
    context.strokeRect(bar.left - 2, top - 2, bar.width + 4, height + 4);
  }
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
