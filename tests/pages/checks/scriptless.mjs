// Whoever has no JavaScript reads the same text.

import { tour } from '../lib/browser.mjs';

export const title = 'same without script';

export const look = (world) => tour(world, world.sampled, async (page, address) => {
  const withScript = await page.evaluate(wordsOf);
  await page.setJavaScriptEnabled(false);
  await page.reload();
  const without = await page.evaluate(wordsOf);
  await page.setJavaScriptEnabled(true);
  return { address, withScript, without };
});

export const judge = (things) => things.filter(({ withScript, without }) => withScript !== without)
  .map(({ address, withScript, without }) => ({ kind: 'other text without script', page: address, detail: firstDifference(withScript, without) }));

/** What one sees. Runs in the browser. */
function wordsOf() {
  return document.body.innerText.replace(/\s+/g, ' ').trim();
}

function firstDifference(one, other) {
  const at = [...one].findIndex((letter, place) => letter !== other[place]);
  return `“${one.slice(Math.max(0, at - 20), at + 40)}” and “${other.slice(Math.max(0, at - 20), at + 40)}”`;
}
