// The shape and the colour of each community of a network: neither is the only sign of it.

/** Colours with a contrast of at least 3 to both papers. */
const colours = ['#3a7fc1', '#2f8f57', '#b8741a', '#8a63c4', '#c8503f', '#15878a', '#b8568f', '#76828d'];

type Points = readonly (readonly [x: number, y: number])[];

/** The corners of each shape, around 0, 0; the first one is a circle. Communities beyond the last share it. */
const shapes: readonly Points[] = [
  [],
  regular(4, Math.PI / 4),
  regular(3, -Math.PI / 2),
  regular(4, 0),
  regular(3, Math.PI / 2),
  cross(),
  star(),
  [
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ],
].map((points) => withAreaOfCircle(points as Points));

function regular(corners: number, first: number): Points {
  return Array.from({ length: corners }, (_, i) => onCircle(first + (2 * Math.PI * i) / corners, 1));
}

function onCircle(angle: number, radius: number): [number, number] {
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

function star(): Points {
  return Array.from({ length: 10 }, (_, i) => onCircle(-Math.PI / 2 + (Math.PI * i) / 5, i % 2 ? 0.45 : 1));
}

function cross(): Points {
  const corner: Points = [
    [0.36, 1],
    [0.36, 0.36],
    [1, 0.36],
  ];
  // The other corners are this one, turned by quarters.
  return [0, 3, 2, 1].flatMap((quarters) => corner.map((point) => turned(point, quarters)));
}

function turned([x, y]: readonly [number, number], quarters: number): [number, number] {
  return quarters === 0 ? [x, y] : turned([-y, x], quarters - 1);
}

/** Returns a shape in the size that has the area of a circle of radius 1, so that sizes can be compared. */
function withAreaOfCircle(points: Points): Points {
  if (points.length === 0) return points;
  const scale = Math.sqrt(Math.PI / areaOf(points));
  return points.map(([x, y]) => [x * scale, y * scale] as const);
}

/** Returns the area within an outline; the two halves of the last shape, which crosses itself, both count. */
function areaOf(points: Points): number {
  const doubled = points.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = points[(i + 1) % points.length] ?? [0, 0];
    return sum + (x * nextY - nextX * y);
  }, 0);
  return Math.abs(doubled) / 2 || 2;
}

function indexOf(community: number): number {
  return Math.min(community, shapes.length - 1);
}

/** Returns the colour of a community. */
export function communityColour(community: number): string {
  return colours[indexOf(community)] ?? '#76828d';
}

/** Returns the corners of a community's shape of the area of a circle, without any for the circle itself. */
export function cornersOf(community: number, radius: number): Points {
  return (shapes[indexOf(community)] ?? []).map(([x, y]) => [x * radius, y * radius] as const);
}

/** Begins the path of a community's shape around a point. */
export function outline(
  context: CanvasRenderingContext2D,
  community: number,
  { x, y }: { x: number; y: number },
  radius: number,
): void {
  context.beginPath();
  const corners = cornersOf(community, radius);
  if (corners.length === 0) context.arc(x, y, radius, 0, 2 * Math.PI);
  corners.forEach(([dx, dy], i) => (i === 0 ? context.moveTo(x + dx, y + dy) : context.lineTo(x + dx, y + dy)));
  if (corners.length > 0) context.closePath();
}
