// axe-core finds no violation of WCAG 2.2 A and AA or of its best practices, narrow and wide, light and dark.

import axe from 'axe-core';
import { show, tour } from '../lib/browser.mjs';

export const title = 'accessibility';

const VIEWS = [360, 1280].flatMap((width) => ['light', 'dark'].map((scheme) => ({ width, scheme })));
const OPTIONS = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
};

export async function look(world) {
  const seen = await tour(world, world.sampled, async (page, address) => {
    await page.evaluate(axe.source);
    const results = [];
    for (const view of VIEWS) {
      await show(page, view);
      results.push({ page: address, ...view, ...await page.evaluate((options) => window.axe.run(options), OPTIONS) });
    }
    return results;
  });
  return seen.flat();
}

export const judge = (things) => things.flatMap(({ page, width, scheme, violations }) => violations.flatMap(({ id, help, nodes }) => nodes
  .map((node) => ({ kind: `${id}: ${help}`, page, detail: `${scheme}, ${width} px: ${node.target.join(' ')}: ${reasonOf(node)}` }))));

const reasonOf = ({ any, all, none }) => [...any, ...all, ...none].map(({ message }) => message).join('; ');
