// The drawings of the page, by panel, for files and paper.
import { signal } from '@preact/signals';
import type { Panel } from '../state/view';

export interface Drawing {
  /** Its size on the screen, in CSS pixels. */
  size: () => { width: number; height: number };
  /** Paints it as it is now, in that size. */
  paint: (context: CanvasRenderingContext2D) => void;
}

/** The drawings that are shown. */
export const drawings = signal<ReadonlyMap<Panel, Drawing>>(new Map());

/** Adds the drawing of a panel until the result is called. */
export function addDrawing(panel: Panel | undefined, drawing: Drawing): () => void {
  if (panel === undefined) return () => undefined;
  drawings.value = new Map(drawings.peek()).set(panel, drawing);
  return () => {
    if (drawings.peek().get(panel) !== drawing) return;
    const others = new Map(drawings.peek());
    others.delete(panel);
    drawings.value = others;
  };
}
