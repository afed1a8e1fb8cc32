// Paints a network.
import { paintNames } from '../canvas/names';
import { colourOf, type Paper } from '../marks/colours';
import { type Difference, differenceColour, paintDifference } from '../marks/difference';
import type { Camera } from './camera';
import type { Link } from './layout';
import { communityColour, outline } from './outlines';
import type { Support } from './support';

export interface NetworkScene {
  nodes: { id: string; name: string; radius: number; community: number; difference?: Difference | undefined }[];
  links: DrawnLink[];
  positions: Float32Array;
  camera: Camera;
  /** The actors of the selection and those of the chosen event. */
  chosen: readonly string[];
  focused: string | undefined;
  /** The node below the pointer. */
  hovered: string | undefined;
  link: readonly [string, string] | undefined;
  paper: Paper;
}

interface DrawnLink extends Link {
  /** In pixels. */
  width: number;
  difference?: Difference | undefined;
  support?: Support | undefined;
}

const deniedColour = colourOf('DENIED');

/** Returns where a node is on the screen. */
export function place(scene: Pick<NetworkScene, 'positions' | 'camera'>, node: number): { x: number; y: number } {
  const { positions, camera } = scene;
  return {
    x: (positions[2 * node] ?? 0) * camera.scale + camera.x,
    y: (positions[2 * node + 1] ?? 0) * camera.scale + camera.y,
  };
}

export function paint(
  context: CanvasRenderingContext2D,
  scene: NetworkScene,
  size: { width: number; height: number },
): void {
  const { paper } = scene;
  context.fillStyle = paper.paper;
  context.fillRect(0, 0, size.width, size.height);
  paintLinks(context, scene);
  scene.nodes.forEach((node, i) => {
    const at = place(scene, i);
    outline(context, node.community, at, node.radius);
    context.fillStyle = node.difference === 'lost' ? paper.paper : communityColour(node.community);
    context.fill();
    if (node.difference) {
      context.setLineDash(node.difference === 'lost' ? [3, 2] : []);
      context.lineWidth = 2;
      context.strokeStyle = differenceColour(node.difference, paper);
      context.stroke();
      context.setLineDash([]);
    }
    const chosen = scene.chosen.includes(node.id);
    if (chosen || node.id === scene.focused) {
      context.lineWidth = 3;
      context.strokeStyle = chosen ? paper.ink : paper.accent;
      context.stroke();
    }
    if (!node.difference) return;
    const shift = node.radius * 0.75;
    paintDifference(context, node.difference, { x: at.x + shift, y: at.y - shift }, 5.5, paper);
  });
  paintNodeNames(context, scene, size);
}

function paintLinks(context: CanvasRenderingContext2D, scene: NetworkScene): void {
  const { muted, accent } = scene.paper;
  for (const link of scene.links) {
    const { source, target, width, difference, support } = link;
    const [a, b] = [place(scene, source), place(scene, target)];
    const middle = middleOf(scene, link);
    const own = isLink(scene, source, target);
    const sign = signOf(link);
    const denied = sign === 'denied';
    const colour = difference ? differenceColour(difference, scene.paper) : denied ? deniedColour : muted;
    const dashed = difference ? difference === 'lost' : support?.unverified;
    context.strokeStyle = own ? accent : colour;
    context.globalAlpha = own ? 1 : difference || denied ? 0.8 : 0.35;
    context.setLineDash(dashed ? [4 + width, 3 + width / 2] : []);
    context.lineWidth = own ? width + 2 : width;
    context.beginPath();
    context.moveTo(a.x, a.y);
    context.lineTo(b.x, b.y);
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
    if (denied) paintCross(context, middle);
    else if (sign) paintDifference(context, sign, middle, 5, scene.paper);
  }
}

/** Paints the sign of a denial. */
function paintCross(context: CanvasRenderingContext2D, { x, y }: { x: number; y: number }): void {
  context.strokeStyle = deniedColour;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x - 4, y - 4);
  context.lineTo(x + 4, y + 4);
  context.moveTo(x + 4, y - 4);
  context.lineTo(x - 4, y + 4);
  context.stroke();
}

function isLink({ nodes, link }: NetworkScene, source: number, target: number): boolean {
  const ids = [nodes[source]?.id ?? '', nodes[target]?.id ?? ''];
  return link !== undefined && ids.every((id) => link.includes(id));
}

/** Paints names, of the greatest nodes first, and always of a node that the reader is on. */
function paintNodeNames(
  context: CanvasRenderingContext2D,
  scene: NetworkScene,
  size: { width: number; height: number },
): void {
  const named = scene.nodes.map((node, i) => {
    const { id, name, radius } = node;
    const wanted = id === scene.focused || id === scene.hovered || scene.chosen.includes(id);
    return { ...place(scene, i), radius, name, wanted };
  });
  const signs = scene.links.flatMap((link) => (signOf(link) ? [{ ...middleOf(scene, link), radius: 5 }] : []));
  paintNames(context, [...named, ...signs], size, scene.paper);
}

/**
 * Returns the sign in the middle of a tie, if it has one: what differs, or that an event is denied. What differs is
 * more important while two moments are compared.
 */
function signOf({ difference, support }: DrawnLink): Difference | 'denied' | undefined {
  return difference ?? (support?.denied ? 'denied' : undefined);
}

function middleOf(scene: NetworkScene, { source, target }: Link): { x: number; y: number } {
  const [a, b] = [place(scene, source), place(scene, target)];
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
