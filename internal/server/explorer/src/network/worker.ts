// Computes a layout in a worker, so that the page stays responsive.
import { type Graph, layout } from './layout';

/** How many rounds pass between two reports. */
const every = 15;

addEventListener('message', ({ data }: MessageEvent<{ graph: Graph; steps: boolean }>) => {
  for (const positions of layout(data.graph, data.steps ? every : Infinity)) {
    postMessage({ positions }, { transfer: [positions.buffer as ArrayBuffer] });
  }
});
