import { effect, signal, type ReadonlySignal } from '@preact/signals';
import { useContext, useEffect, useId, useRef } from 'preact/hooks';
import { PanelContext } from '../state/panel';
import { addDrawing } from './drawings';
import { followGestures, type Gestures } from './gestures';

/** The size of a canvas in CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

export type Paint<Scene> = (context: CanvasRenderingContext2D, scene: Scene, size: Size) => void;

interface Properties<Scene> {
  /** The data that `paint` draws. When it changes it is drawn again, at most once a frame. */
  scene: ReadonlySignal<Scene>;
  paint: Paint<Scene>;
  /** Returns the scene for a file, which is drawn once. Defaults to the scene itself. */
  still?: (scene: Scene) => Scene;
  /** Receives the size whenever it changes. */
  size: { value: Size };
  /** The least height at which marks can be distinguished, in CSS pixels; the drawing is not lower. */
  least?: number | undefined;
  gestures: Gestures;
  onKeyDown: (event: KeyboardEvent) => void;
  /** The name of the drawing and of the focused mark, for screen readers. */
  label: string;
  role: string;
  keys: string;
}

/** A drawing that is one tab stop of the keyboard. It is painted by the CPU, so that no graphics card is needed. */
export function Canvas<Scene>({
  scene,
  paint,
  still = (current) => current,
  size,
  least,
  gestures,
  onKeyDown,
  label,
  role,
  keys,
}: Properties<Scene>) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef({ paint, still, gestures });
  latest.current = { paint, still, gestures };
  const id = useId();
  const panel = useContext(PanelContext);
  useEffect(() => {
    const element = canvas.current;
    // Without the hint Chromium copies each frame from the graphics card, which takes a second where there is none.
    const context = element?.getContext('2d', { alpha: false, willReadFrequently: true });
    if (!element || !context) return;
    const own = signal<Size>({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(() => {
      own.value = { width: element.clientWidth, height: element.clientHeight };
      size.value = own.value;
    });
    observer.observe(element);
    let frame = 0;
    const stop = effect(() => {
      const current = scene.value;
      const { width, height } = own.value;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const ratio = devicePixelRatio;
        if (element.width !== Math.round(width * ratio) || element.height !== Math.round(height * ratio)) {
          element.width = Math.round(width * ratio);
          element.height = Math.round(height * ratio);
        }
        context.setTransform(ratio, 0, 0, ratio, 0, 0);
        latest.current.paint(context, current, { width, height });
      });
    });
    const remove = addDrawing(panel, {
      size: () => own.peek(),
      paint: (other) => latest.current.paint(other, latest.current.still(scene.peek()), own.peek()),
    });
    const leave = followGestures(element, () => latest.current.gestures);
    return () => {
      cancelAnimationFrame(frame);
      stop();
      remove();
      leave();
      observer.disconnect();
    };
  }, [scene, size]);
  return (
    <>
      <canvas
        ref={canvas}
        class="drawing"
        style={{
          // An opaque canvas is black until it is painted. A hidden one would lose the focus.
          opacity: scene.value === undefined ? 0 : 1,
          ...(least !== undefined && { minBlockSize: `${Math.ceil(least)}px` }),
        }}
        tabIndex={0}
        role="application"
        aria-roledescription={role}
        aria-label={label}
        aria-describedby={id}
        onKeyDown={onKeyDown}
      />
      <span id={id} class="hidden">
        {keys}
      </span>
    </>
  );
}
