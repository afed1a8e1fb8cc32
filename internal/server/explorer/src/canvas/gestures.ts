// Pointers on a canvas: drag, wheel, pinch, click and hover, in CSS pixels from its left upper corner.

export interface Point {
  x: number;
  y: number;
}

/** The handlers of gestures. A gesture without a handler is ignored. */
export interface Gestures {
  /** A drag moved by (dx, dy). `brush` is true with the Shift key, to choose an area. */
  drag?: (from: Point, to: Point, step: { dx: number; dy: number; brush: boolean }) => void;
  dragEnd?: (from: Point, to: Point, brush: boolean) => void;
  /** A factor above 1 shows more of the drawing. */
  zoom?: (factor: number, at: Point) => void;
  click?: (at: Point) => void;
  /** The pointer rests at a point, or has left. */
  hover?: (at: Point | undefined) => void;
  /** Returns the name of the mark at a point, which the browser shows beside a pointer that rests. */
  nameAt?: (at: Point) => string | undefined;
}

/** A pointer that moved less than this is a click. */
const clickDistance = 4;
const wheelStep = 0.0015;

/** Listens to the gestures on an element until the returned function is called. */
export function followGestures(element: HTMLElement, gestures: () => Gestures): () => void {
  const pointers = new Map<number, Point>();
  let start: Point | undefined;
  let moved = 0;
  let brush = false;
  let spread = 0; // between two fingers

  const at = (event: MouseEvent): Point => ({ x: event.offsetX, y: event.offsetY });
  const spreadOf = () => {
    const [a, b] = [...pointers.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };
  const listeners = {
    pointerdown: (event: PointerEvent) => {
      element.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, at(event));
      start = at(event);
      moved = 0;
      brush = event.shiftKey;
      spread = spreadOf();
    },
    pointermove: (event: PointerEvent) => {
      const last = pointers.get(event.pointerId);
      const point = at(event);
      if (!last) {
        const { hover, nameAt } = gestures();
        hover?.(point);
        const name = nameAt?.(point) ?? '';
        if (element.title !== name) element.title = name;
        return;
      }
      pointers.set(event.pointerId, point);
      moved += Math.abs(point.x - last.x) + Math.abs(point.y - last.y);
      if (pointers.size > 1) {
        const next = spreadOf();
        if (spread > 0 && next > 0) gestures().zoom?.(spread / next, point);
        spread = next;
      } else if (start) {
        gestures().drag?.(start, point, { dx: point.x - last.x, dy: point.y - last.y, brush });
      }
    },
    pointerup: (event: PointerEvent) => {
      const point = at(event);
      if (pointers.size === 1 && start) {
        if (moved < clickDistance) gestures().click?.(point);
        else gestures().dragEnd?.(start, point, brush);
      }
      pointers.delete(event.pointerId);
      start = undefined;
    },
    pointercancel: (event: PointerEvent) => {
      pointers.delete(event.pointerId);
      start = undefined;
    },
    pointerleave: () => gestures().hover?.(undefined),
    wheel: (event: WheelEvent) => {
      event.preventDefault();
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        gestures().drag?.(at(event), at(event), { dx: -event.deltaX, dy: 0, brush: false });
      } else {
        gestures().zoom?.(Math.exp(event.deltaY * wheelStep), at(event));
      }
    },
  };
  const each = Object.entries(listeners) as [string, (event: never) => void][];
  for (const [name, listener] of each)
    element.addEventListener(name, listener as EventListener, { passive: false });
  return () => {
    for (const [name, listener] of each) element.removeEventListener(name, listener as EventListener);
  };
}
