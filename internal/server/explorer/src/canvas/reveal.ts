/** How near to an edge of what scrolls a height may be, in CSS pixels: a panel's title stays at its top. */
const margin = 60;

/** Scrolls what a drawing is in, so that a height of the drawing is in sight. */
export function reveal(drawing: Element, y: number): void {
  for (let each = drawing.parentElement; each; each = each.parentElement) {
    if (each.scrollHeight <= each.clientHeight) continue;
    const at = drawing.getBoundingClientRect().top + y;
    const { top, bottom } = each.getBoundingClientRect();
    if (at < top + margin) each.scrollTop -= top + margin - at;
    else if (at > bottom - margin / 2) each.scrollTop += at - bottom + margin / 2;
  }
}
