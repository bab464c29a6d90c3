// The browser: starts it so that it can reach our server and nothing else, and leads looks through pages.

import puppeteer from 'puppeteer-core';
import { HOST } from './site.mjs';

const TABS = 2;

/** A browser in which `HOST` is our server. */
export const launch = (port) => start(`MAP ${HOST} 127.0.0.1:${port}, MAP * ~NOTFOUND`);

/** A browser that can reach nothing but this machine. */
export const launchHere = () => start('MAP * ~NOTFOUND, EXCLUDE 127.0.0.1');

/** Headless Chromium with an empty profile (puppeteer makes and removes one). */
const start = (rules) => puppeteer.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
    `--host-resolver-rules=${rules}`,
    // The pages come over http, yet must behave as they will over https.
    '--disable-features=HttpsUpgrades', `--unsafely-treat-insecure-origin-as-secure=http://${HOST}`,
  ],
});

/** Opens each address in a tab, 1280 px wide and light, and gives what `look(page, address)` saw there. */
export const tour = (world, addresses, look) => inTabs(world, addresses, () => {}, async (page, address) => {
  await show(page, { width: 1280 });
  await page.goto(`http://${HOST}${address}`);
  return look(page, address);
});

/**
 * Opens each address in a frame, and gives what `look(frame)` saw there, a function that runs in the browser. A frame is
 * exchanged and resized for a third of what a tab costs, which counts where all pages are seen.
 */
export const skim = (world, addresses, look) => inTabs(world, addresses, async (page) => {
  await page.setViewport({ width: 1400, height: 900 });
  await page.goto(`http://${HOST}${world.site.base}`);
  await page.setContent('<!doctype html><iframe style="width: 1280px; height: 800px"></iframe>');
}, (page, address) => page.evaluate(`(${inFrame})(${JSON.stringify(address)}, ${look})`));

/** Runs in the browser. */
async function inFrame(address, look) {
  const frame = document.querySelector('iframe');
  const loaded = new Promise((resolve) => { frame.onload = resolve; });
  frame.src = address;
  await loaded;
  return look(frame);
}

/** Gives what `visit(page, address)` gives. What happens meanwhile goes to the address's list in `events`. */
async function inTabs({ browser, events }, addresses, begin, visit) {
  const queue = addresses.entries();
  const seen = [];
  const tab = async () => {
    // In a context of its own a tab counts as being in front.
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    let happened = [];
    listen(page, (type, detail) => happened.push({ type, detail }));
    await page.emulateFocusedPage(true);
    await begin(page);
    for (const [number, address] of queue) {
      happened = events.get(address) ?? [];
      events.set(address, happened);
      seen[number] = await visit(page, address);
    }
    await context.close();
  };
  await Promise.all(Array.from({ length: Math.min(TABS, addresses.length) }, tab));
  return seen;
}

/** Sets width and scheme. Motion is off, because a check must not catch a page halfway. */
export async function show(page, { width, scheme = 'light' }) {
  await page.setViewport({ width, height: 800 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' }]);
}

function listen(page, hear) {
  page.on('console', (message) => hear('console message', message.text()));
  page.on('pageerror', (error) => hear('script error', String(error)));
  page.on('request', (request) => hear('request', request.url()));
  page.on('requestfailed', (request) => hear('failed request', `${request.url()} ${request.failure()?.errorText}`));
  page.on('response', (response) => { if (response.status() >= 400) hear('failed request', `${response.url()} ${response.status()}`); });
}
