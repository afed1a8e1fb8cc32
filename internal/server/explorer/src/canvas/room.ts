// Room for texts in drawings: one that would cover another is left out.

export interface Rectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The rectangles that are taken, in CSS pixels. */
export class Room {
  private readonly taken: Rectangle[] = [];

  take(rectangle: Rectangle): void {
    this.taken.push(rectangle);
  }

  /** Takes a rectangle if it overlaps no other, and reports whether it has. */
  fits(rectangle: Rectangle): boolean {
    const { left, top, right, bottom } = rectangle;
    const free = this.taken.every(
      (other) => other.right <= left || other.left >= right || other.bottom <= top || other.top >= bottom,
    );
    if (free) this.take(rectangle);
    return free;
  }
}
