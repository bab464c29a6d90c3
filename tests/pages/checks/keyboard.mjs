// The first Tab shows a link that skips to the content, and it does.

import { tour } from '../lib/browser.mjs';

export const title = 'skip link by keyboard';

export const look = (world) => tour(world, world.sampled, async (page, address) => {
  await page.keyboard.press('Tab');
  const first = await page.evaluate(focused);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  return { address, ...first, skipped: first.skips && await page.evaluate(isPast, first.skips) };
});

export const judge = (things) => things.flatMap(({ address, element, skips, visible, skipped }) => {
  const kind = !skips ? 'first Tab reaches no skip link' : !visible ? 'skip link stays hidden' : !skipped && 'skip link does not skip';
  return kind ? [{ kind, page: address, detail: element }] : [];
});

/** What has the focus, where it skips to, and whether one sees it. Runs in the browser. */
function focused() {
  const element = document.activeElement;
  const { left, top, width, height } = element.getBoundingClientRect();
  const isOnTop = element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  const visible = isOnTop && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  return { element: element.cloneNode().outerHTML, skips: element.getAttribute('href')?.match(/^#(.+)/)?.[1], visible };
}

/** Whether the focus has come to the content or past its start. Runs in the browser. */
function isPast(id) {
  const order = document.getElementById(id)?.compareDocumentPosition(document.activeElement);
  return Boolean(order & Node.DOCUMENT_POSITION_FOLLOWING);
}
