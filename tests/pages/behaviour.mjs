// What themes do when somebody acts: the switch between light and dark, filters, notes in the margin, print.
// `SITES` names built sites: `broadsheet=/dir /base/`, one a line.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { HOST, readSite } from './lib/site.mjs';
import { launch, show } from './lib/browser.mjs';
import { serve } from './lib/server.mjs';

const NOTES = '2023/04/the-weather-in-a-glass/';

for (const line of process.env.SITES.trim().split('\n')) {
  const [, theme, dir, base] = /^(\w+)=(\S+) (\S+)$/.exec(line);
  let server;
  let browser;
  let page;
  const open = (path) => page.goto(`http://${HOST}${base}${path}`);
  const look = (read, ...args) => page.evaluate(read, ...args);
  const paper = () => look(() => getComputedStyle(document.body).backgroundColor);

  before(async () => {
    server = await serve(await readSite(dir, base));
    browser = await launch(server.address().port);
    page = await browser.newPage();
    await show(page, { width: 1280 });
  });
  after(async () => {
    await browser.close();
    server.close();
  });

  test(`${theme}: the switch works by keyboard, is remembered, and is undone`, async () => {
    await open('');
    const light = await paper();
    await page.focus('.switch');
    await page.keyboard.press('Enter');
    const dark = await paper();
    assert.notEqual(dark, light);
    assert.equal(await look(() => document.querySelector('.switch').ariaPressed), 'true');
    await open('archive/');
    assert.equal(await paper(), dark);
    await page.click('.switch');
    assert.equal(await paper(), light);
    assert.equal(await look(() => localStorage.scheme), '');
  });

  test(`${theme}: a page opens in the chosen colours, without a flash or a shift`, async () => {
    await open('');
    await page.click('.switch');
    // The first colour that an observer at the very start sees, and everything that moved.
    const script = await page.evaluateOnNewDocument(() => {
      window.seen = [];
      window.shift = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((each) => { window.shift += each.value; })).observe({ type: 'layout-shift', buffered: true });
      const watch = () => {
        if (document.body) window.seen.push(getComputedStyle(document.body).backgroundColor);
        if (window.seen.length < 5) requestAnimationFrame(watch);
      };
      watch();
    });
    await open('archive/');
    await page.waitForFunction(() => window.seen.length >= 5);
    assert.equal(new Set(await look(() => window.seen)).size, 1);
    assert.equal(await look(() => window.shift), 0);
    await page.removeScriptToEvaluateOnNewDocument(script.identifier);
    await page.click('.switch');
  });

  test(`${theme}: without script there is no switch`, async () => {
    await page.setJavaScriptEnabled(false);
    await open('');
    assert.equal(await look(() => document.querySelector('.switch').checkVisibility()), false);
    await page.setJavaScriptEnabled(true);
  });

  test(`${theme}: print has no navigation, but the addresses of links and where the article stands`, async () => {
    await open(NOTES);
    await page.emulateMediaType('print');
    const shown = (selector) => look((name) => [...document.querySelectorAll(name)].filter((each) => each.checkVisibility()).length, selector);
    assert.equal(await shown('nav, button, form, .skip:focus'), 0);
    assert.equal(await shown('.citation'), 1);
    const after = await look(() => getComputedStyle(document.querySelector('.original'), '::after').content);
    assert.match(after, /^" \(" attr\(href\)|https:/);
    await page.emulateMediaType('screen');
  });

  test(`${theme}: a chart and the archive are pictures that lead somewhere`, async () => {
    await open('archive/');
    assert(await look(() => document.querySelectorAll('.calendar td a').length) > 20);
    await open('sources/harbour-gazette/');
    const heights = await look(() => [...document.querySelectorAll('.chart a svg')].map((bar) => bar.getBoundingClientRect().height));
    assert(heights.length > 2 && Math.max(...heights) > Math.min(...heights), `${heights}`);
  });

  test(`${theme}: a month is a calendar whose days lead to their pages`, async () => {
    await open('2024/06/');
    await page.click('.month td:not(:empty) a');
    await page.waitForSelector('h1');
    assert.equal(await look(() => document.querySelector('h1').textContent), '12 June 2024');
    await page.click('.pager a');
    await page.waitForSelector('h1');
    assert.equal(await look(() => document.querySelector('h1').textContent), '21 June 2024');
  });

  test(`${theme}: outlets come in three orders, and can be narrowed down without a script`, async () => {
    await open('sources/by-count/');
    const counts = await look(() => [...document.querySelectorAll('.terms .count')].map((each) => Number(each.textContent)));
    assert(counts.length > 5 && counts.every((count, at) => at === 0 || count <= counts[at - 1]), `${counts}`);
    const shown = () => look(() => [...document.querySelectorAll('.terms > li')].filter((each) => each.checkVisibility()).map((each) => each.dataset.country ?? ''));
    await page.select('.choices select', await look(() => document.querySelector('option.c-GB').value));
    assert.deepEqual(new Set(await shown()), new Set(['GB']));
    const isTold = () => look(() => document.querySelector('.no-terms').checkVisibility());
    const choose = async (code) => page.select('.choices label + label select', await look((code) => document.querySelector(code).value, code));
    assert(!await isTold());
    await choose('option.l-de');
    assert((await shown()).length === 0 && await isTold(), 'no outlet of Britain is in German, and a word says so');
    await choose('option.l-en');
    assert((await shown()).length > 0 && !await isTold());
    await choose('.choices label + label option');
    await page.select('.choices select', await look(() => document.querySelector('.choices option').value));
    assert.equal((await shown()).length, counts.length);
  });

  if (theme === 'quiet') {
    test('quiet: notes stand in the margin where there is room, each beside its reference', async () => {
      await open(NOTES);
      const places = () => look(() => {
        const box = (selector) => document.querySelector(selector).getBoundingClientRect().toJSON();
        return { note: box('[id="fn:1"]'), reference: box('[id="fnref:1"]'), prose: box('.prose') };
      });
      const wide = await places();
      assert(wide.note.left >= wide.prose.right && Math.abs(wide.note.top - wide.reference.top) < 30, JSON.stringify(wide));
      await show(page, { width: 800 });
      await page.waitForFunction(() => getComputedStyle(document.querySelector('[id="fn:1"]')).position === 'static');
      const narrow = await places();
      assert(narrow.note.left < narrow.prose.right && narrow.note.top > narrow.reference.bottom + 100, JSON.stringify(narrow));
      await show(page, { width: 1280 });
    });
  }

  if (theme === 'wire') {
    test('wire: filters by outlet and tag work by keyboard and without script', async () => {
      await page.setJavaScriptEnabled(false);
      // The front page of the demo is arranged and has no filters.
      await open('2024/');
      const outlets = () => look(() => [...document.querySelectorAll('.entry')].filter((each) => each.checkVisibility())
        .map((each) => each.querySelector('.outlet').textContent));
      const all = await outlets();
      await page.focus('#_o');
      await page.keyboard.press('ArrowDown');
      const some = await outlets();
      assert(some.length && some.length < all.length && new Set(some).size === 1, `${some}`);
      await page.click('#_o');
      await page.click('#_t1');
      const tagged = await outlets();
      assert(tagged.length && tagged.length < all.length && new Set(tagged).size > 1, `${tagged}`);
      assert.equal(await look(() => document.querySelector('.all-of .t1').checkVisibility()), true);
      await page.setJavaScriptEnabled(true);
    });
  }
}
