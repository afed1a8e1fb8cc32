// Marks of what differs between two moments of knowledge: each has a shape, a colour and a word.
import type { Paper } from './colours';

/** What the later moment has more, less, or differently than the earlier one. */
export type Difference = 'gained' | 'lost' | 'changed';

export const differences: readonly Difference[] = ['gained', 'lost', 'changed'];

/** The shape beside the colour, in texts. */
export const differenceSigns: Record<Difference, string> = { gained: '+', lost: '−', changed: '△' };

const light: Record<Difference, string> = { gained: '#1b7340', lost: '#b03a2e', changed: '#8a5a00' };
const dark: Record<Difference, string> = { gained: '#58d68d', lost: '#f1948a', changed: '#f0b95b' };

export function differenceColour(difference: Difference, paper: Paper): string {
  return (paper.dark ? dark : light)[difference];
}

/** Paints the sign of a difference in a disc around a point. */
export function paintDifference(
  context: CanvasRenderingContext2D,
  difference: Difference,
  at: { x: number; y: number },
  radius: number,
  paper: Paper,
): void {
  const { x, y } = at;
  const arm = radius * 0.55;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = differenceColour(difference, paper);
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = paper.paper;
  context.stroke();
  context.lineWidth = Math.max(1.2, radius / 4);
  context.beginPath();
  if (difference === 'changed') {
    context.moveTo(x - arm, y + arm * 0.8);
    context.lineTo(x, y - arm);
    context.lineTo(x + arm, y + arm * 0.8);
    context.closePath();
  } else {
    context.moveTo(x - arm, y);
    context.lineTo(x + arm, y);
    if (difference === 'gained') {
      context.moveTo(x, y - arm);
      context.lineTo(x, y + arm);
    }
  }
  context.stroke();
}
