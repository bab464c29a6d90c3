// A reader who prefers dark gets a dark page. Pictures of both are compared: a style rule alone proves nothing.

import { show, tour } from '../lib/browser.mjs';

export const title = 'dark scheme';

/** A mean difference, of 1, that leaves room for the pictures in a page, which look the same in both schemes. */
const LEAST_DIFFERENCE = 0.25;

export const look = (world) => tour(world, world.sampled, async (page, address) => (
  { address, light: await brightness(page, 'light'), dark: await brightness(page, 'dark') }));

export const judge = (things) => things.filter(({ light, dark }) => light - dark < LEAST_DIFFERENCE)
  .map(({ address, light, dark }) => ({ kind: 'dark is not dark', page: address, detail: `brightness ${light} and ${dark}` }));

async function brightness(page, scheme) {
  await show(page, { width: 1280, scheme });
  return page.evaluate(meanOf, `data:image/png;base64,${await page.screenshot({ encoding: 'base64', optimizeForSpeed: true })}`);
}

/** The mean of all channels, from 0 to 1, of the picture made small. Runs in the browser. */
async function meanOf(url) {
  const picture = new Image();
  picture.src = url;
  await picture.decode();
  const canvas = new OffscreenCanvas(64, 40).getContext('2d');
  canvas.drawImage(picture, 0, 0, 64, 40);
  const channels = canvas.getImageData(0, 0, 64, 40).data.filter((_, place) => place % 4 !== 3);
  return channels.reduce((sum, value) => sum + value, 0) / channels.length / 255;
}
