// Where the keyboard is in a page, and whether the reader sees it.

/** Returns the focused element: what it is, its name, and why its focus is not seen, if it is not. */
export function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return undefined;
    const panel = element.closest('dialog') ? 'dialog' : (element.closest('.panel')?.id ?? 'bars');
    const name = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent;
    return {
      panel, tag: element.localName, type: element.type, name: name.trim().replace(/\s+/g, ' ').slice(0, 80),
      hidden: hiddenFocus(element),
    };

    function hiddenFocus(focusedElement) {
      const style = getComputedStyle(focusedElement);
      const width = parseFloat(style.outlineWidth);
      if (style.outlineStyle === 'none' || width < 2) return `its outline is ${style.outlineStyle} ${width}`;
      const outside = width + parseFloat(style.outlineOffset) - 1;
      const rect = focusedElement.getBoundingClientRect();
      const edges = {
        left: rect.left - outside, top: rect.top - outside, right: rect.right + outside, bottom: rect.bottom + outside,
      };
      // Half of the outline has to be in the window and in each part of the page that scrolls.
      let hiddenEdges = hiddenIn(edges, { left: 0, top: 0, right: innerWidth, bottom: innerHeight });
      for (let each = focusedElement.parentElement; each; each = each.parentElement) {
        if (getComputedStyle(each).overflowX !== 'visible') {
          hiddenEdges = Math.max(hiddenEdges, hiddenIn(edges, each.getBoundingClientRect()));
        }
        if (each.localName === 'dialog') break; // It is above the page.
      }
      return hiddenEdges > 1 ? `${hiddenEdges} edges of its outline are outside of what is shown` : undefined;
    }

    function hiddenIn(edges, area) {
      return [
        edges.left < area.left, edges.top < area.top, edges.right > area.right, edges.bottom > area.bottom,
      ].filter(Boolean).length;
    }
  });
}

/** Presses Tab until the focus is on what `wanted` accepts, at most `most` times. */
export async function tabTo(page, wanted, { key = 'Tab', most = 80 } = {}) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press(key);
    const now = await focused(page);
    if (now && wanted(now)) return now;
  }
  throw new Error(`${most} times ${key} do not lead there; the focus is on ${JSON.stringify(await focused(page))}`);
}
