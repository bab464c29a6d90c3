// The site in `wide/`, in every theme: what is too wide for a phone breaks or scrolls by itself.
// `WIDE` names the built sites as `SITES` does.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addressOf, filesOf, readSite } from './lib/site.mjs';
import { launch } from './lib/browser.mjs';
import { serve } from './lib/server.mjs';
import * as width from './checks/width.mjs';

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
}
