// Where lanes and rows are in the drawing. A lane is as high as its content needs.

export interface Lane {
  top: number;
  height: number;
}

/** The calendar is above the lanes, so that it stays in sight where the lanes need more height than there is. */
export interface Layout {
  /** The y below the last lane. */
  bottom: number;
  lanes: Lane[];
  rowHeight: number;
}

export const axisHeight = 24;
/** The height of a lane's name, above its content. */
export const labelHeight = 15;
/** The most rows of a lane; more bars share them. */
export const mostRows = 12;
const tallestRow = 14;
const lowestRow = 5;
const gap = 1; // below each row
const lowestColumn = 14;
/** What the fullest lane has at least in addition. */
const tallestColumn = 40;

/** Returns the least height at which the rows of the lanes can be distinguished. */
export function leastBarHeight(rows: readonly number[]): number {
  return axisHeight + sum(rows.map((n) => labelHeight + n * (lowestRow + gap) + gap));
}

/** Returns the layout of lanes with a number of rows each. Space that no row needs is shared by all lanes. */
export function barLayout(height: number, rows: readonly number[]): Layout {
  const bottom = Math.max(height, leastBarHeight(rows));
  const room = bottom - axisHeight - rows.length * (labelHeight + gap);
  const rowHeight = Math.min(tallestRow, room / Math.max(1, sum(rows)) - gap);
  const spare = (room - sum(rows) * (rowHeight + gap)) / Math.max(1, rows.length);
  return {
    bottom,
    rowHeight,
    lanes: stacked(rows.map((n) => labelHeight + gap + n * (rowHeight + gap) + spare)),
  };
}

export function leastColumnHeight(lanes: number): number {
  return axisHeight + lanes * (labelHeight + lowestColumn) + tallestColumn;
}

/**
 * Returns the layout of lanes with columns, and the height of a column of one event. Heights grow with the square root
 * of the number, equally in all lanes, so that the few beside the many stay visible.
 */
export function columnLayout(height: number, greatest: readonly number[]): { layout: Layout; one: number } {
  const bottom = Math.max(height, leastColumnHeight(greatest.length));
  const room = bottom - axisHeight - greatest.length * labelHeight;
  const roots = greatest.map(Math.sqrt);
  // Lanes with few events have a least height, and the others share the rest.
  let one = room / Math.max(1, sum(roots));
  for (let round = 0; round < roots.length; round++) {
    const low = roots.filter((root) => root * one < lowestColumn);
    const next = (room - low.length * lowestColumn) / Math.max(1, sum(roots) - sum(low));
    if (next === one) break;
    one = Math.max(0, next);
  }
  const heights = roots.map((root) => labelHeight + Math.max(lowestColumn, root * one));
  return { layout: { bottom, lanes: stacked(heights), rowHeight: lowestRow }, one };
}

function stacked(heights: readonly number[]): Lane[] {
  let top = axisHeight;
  return heights.map((height) => {
    const lane = { top, height };
    top += height;
    return lane;
  });
}

/** Returns the top of a row in a lane. */
export function rowTop({ lanes, rowHeight }: Layout, lane: number, row: number): number {
  return (lanes[lane]?.top ?? axisHeight) + labelHeight + row * (rowHeight + gap);
}

/** Returns the lane and the row at a height. */
export function rowAt({ lanes, rowHeight }: Layout, y: number): { lane: number; row: number } {
  const lane = lanes.findLastIndex(({ top }) => top <= y);
  const within = y - (lanes[lane]?.top ?? axisHeight) - labelHeight;
  return { lane, row: Math.floor(within / (rowHeight + gap)) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
