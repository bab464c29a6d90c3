// The site in `wide/`, in every theme: what is too wide for a phone breaks or scrolls by itself, and what follows a
// short beginning is clear of its initial. `WIDE` names the built sites as `SITES` does.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { HOST, addressOf, filesOf, readSite } from './lib/site.mjs';
import { launch, show } from './lib/browser.mjs';
import { serve } from './lib/server.mjs';
import * as width from './checks/width.mjs';

const AFTER = ['list', 'quote', 'heading', 'code', 'note', 'paragraph'];

for (const line of process.env.WIDE.trim().split('\n')) {
  const [, theme, dir, base] = /^(\w+)=(\S+) (\S+)$/.exec(line);
  let site;
  let server;
  let browser;

  before(async () => {
    site = await readSite(dir, base);
    server = await serve(site);
    browser = await launch(server.address().port);
  });
  after(async () => {
    await browser.close();
    server.close();
  });

  test(`${theme}: nothing is wider than a page`, async () => {
    const shown = filesOf(site, '.html').map((file) => addressOf(site, file));
    const seen = await width.look({ browser, site, shown, events: new Map() });
    assert.deepEqual(width.judge(seen).map(({ kind, page, detail }) => `${page} is ${kind}: ${detail}`), []);
  });

  test(`${theme}: an initial stands beside nothing but its paragraph`, async () => {
    const page = await browser.newPage();
    await show(page, { width: 360 });
    for (const next of AFTER) {
      await page.goto(`http://${HOST}${base}2026/01/short-${next}/`);
      const [end, start] = await page.evaluate(bounds);
      assert.ok(end <= start, `${next}: the initial ends at ${end}, below the ${start} at which that begins`);
    }
  });
}

/** Where the initial of a text ends, and where what follows its paragraph begins. Runs in the browser. */
function bounds() {
  const [first, second] = document.querySelector('.prose').children;
  const lines = Number.parseFloat(getComputedStyle(first, '::first-letter').initialLetter) || 1;
  const end = first.getBoundingClientRect().top + lines * Number.parseFloat(getComputedStyle(first).lineHeight);
  return [end, second.getBoundingClientRect().top].map(Math.round);
}
