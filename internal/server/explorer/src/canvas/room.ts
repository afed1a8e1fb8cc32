// Room for texts in drawings: one that would cover another is left out.

export interface Rectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Reports whether two rectangles have more than an edge in common. */
export function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.right > b.left && a.left < b.right && a.bottom > b.top && a.top < b.bottom;
}

/** The rectangles that are taken, in CSS pixels. */
export class Room {
  private readonly taken: Rectangle[] = [];

  take(rectangle: Rectangle): void {
    this.taken.push(rectangle);
  }

  /** Takes a rectangle if it overlaps no other, and reports whether it has. */
  fits(rectangle: Rectangle): boolean {
    const free = !this.taken.some((other) => overlap(other, rectangle));
    if (free) this.take(rectangle);
    return free;
  }
}
