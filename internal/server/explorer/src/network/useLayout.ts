import { effect, signal, type ReadonlySignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { isSaved } from '../api/files';
import type { Graph, Positions } from './layout';

/** The name of the worker's script in the build. */
declare const LAYOUT_WORKER: string;
/** Empty in the script of pages that were saved as a file, which have no worker. */
declare const SAVED_SCRIPT: string;

/** A layout, for the graph that it was computed for. */
export interface Layout {
  graph: Graph;
  positions: Positions;
}

/** Returns the layout of a graph as it settles, at once in its final form for readers who prefer less motion. */
export function useLayout(graph: ReadonlySignal<Graph | undefined>): ReadonlySignal<Layout | undefined> {
  const found = useMemo(() => signal<Layout | undefined>(undefined), []);
  useEffect(() => {
    const steps = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    let worker: Worker | undefined;
    const stop = effect(() => {
      const wanted = graph.value;
      worker?.terminate(); // a layout of an older graph
      if (!wanted) return;
      if (SAVED_SCRIPT === '' && isSaved()) {
        void import('./layout').then(({ layout }) => {
          const positions = [...layout(wanted, Infinity)].at(-1) ?? new Float32Array();
          found.value = { graph: wanted, positions };
        });
        return;
      }
      worker = new Worker(new URL(LAYOUT_WORKER, import.meta.url), { type: 'module' });
      worker.onmessage = ({ data }: MessageEvent<{ positions: Positions }>) => {
        found.value = { graph: wanted, positions: data.positions };
      };
      worker.postMessage({ graph: wanted, steps });
    });
    return () => {
      stop();
      worker?.terminate();
    };
  }, [graph, found]);
  return found;
}
