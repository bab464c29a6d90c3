// No page has to be scrolled sideways, on a phone or a desk. Looks at every page: one long word is enough.

import { skim } from '../lib/browser.mjs';

export const title = 'no sideways scrolling';

export async function look(world) {
  const seen = await skim(world, world.shown, extents);
  return seen.flatMap((extentsOfPage, number) => extentsOfPage.map((extent) => ({ page: world.shown[number], ...extent })));
}

export const judge = (things) => things.filter(({ width, needed }) => needed > width)
  .map(({ page, width, needed, widest }) => ({ kind: `wider than ${width} px`, page, detail: `${needed} px: ${widest}` }));

/** At each width the width that the page needs, and the element that needs it. Runs in the browser. */
function extents(frame) {
  return [1280, 768, 360, 320].map((width) => {
    frame.style.width = `${width}px`;
    const needed = frame.contentDocument.documentElement.scrollWidth;
    const elements = needed > width ? [...frame.contentDocument.body.querySelectorAll('*')] : [];
    const widest = elements.findLast((element) => element.getBoundingClientRect().right > width);
    return { width, needed, widest: widest?.cloneNode().outerHTML.slice(0, 120) };
  });
}
