// Where the drawing of a network is looked at: screen = position * scale + shift.

export interface Camera {
  scale: number;
  x: number;
  y: number;
}

const smallest = 0.05;
const largest = 8;

/** Room for a node and half of its name, at the sides; for a node above, and with its name below. In pixels. */
const margin = { side: 64, top: 22, bottom: 38 };

/** Returns the camera that shows all positions in a drawing of a size. */
export function fit(positions: Float32Array, size: { width: number; height: number }): Camera {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 1 < positions.length; i += 2) {
    const [x = 0, y = 0] = [positions[i], positions[i + 1]];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (left > right) return { scale: 1, x: size.width / 2, y: size.height / 2 };
  const scale = clamp(
    Math.min(
      (size.width - 2 * margin.side) / (right - left),
      (size.height - margin.top - margin.bottom) / (bottom - top),
      1.5,
    ),
  );
  return {
    scale,
    x: size.width / 2 - ((left + right) / 2) * scale,
    y: (size.height + margin.top - margin.bottom) / 2 - ((top + bottom) / 2) * scale,
  };
}

/** Returns a camera that shows `factor` times as much, with a point of the screen where it was. */
export function zoomAt(camera: Camera, factor: number, at: { x: number; y: number }): Camera {
  const scale = clamp(camera.scale / factor);
  const ratio = scale / camera.scale;
  return { scale, x: at.x - (at.x - camera.x) * ratio, y: at.y - (at.y - camera.y) * ratio };
}

function clamp(scale: number): number {
  return Math.min(largest, Math.max(smallest, scale));
}
