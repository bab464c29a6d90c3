// The sentence: open a site, let every check look at it, judge what was seen.

import { launch } from './browser.mjs';
import { readHtml } from './documents.mjs';
import { serve } from './server.mjs';
import { addressOf, coverOf, filesOf, readSite, sampleOf } from './site.mjs';

/** `quiet` comes last: it tells of what the browser met while the others looked. */
const NAMES = ['valid', 'links', 'outline', 'feeds', 'kinds', 'accessible', 'dark', 'keyboard', 'width', 'weight', 'scriptless', 'quiet'];
const CHECKS = await Promise.all(NAMES.map(async (name) => ({ name, ...await import(`../checks/${name}.mjs`) })));

/**
 * Each check's `{ name, title, things, findings }`. A check is a module with a `title`, an async `look(world)` that gives
 * the list of things it saw, and a pure `judge(things, site)` that gives the findings, `{ kind, page, detail }` each.
 */
export async function inspect(dir, base) {
  const site = await readSite(dir, base);
  const server = await serve(site);
  const browser = await launch(server.address().port);
  try {
    const world = await worldOf(site, browser);
    const seen = new Map();
    const look = async (checks) => { for (const check of checks) seen.set(check, await check.look(world)); };
    // The HTML checker is another program and leaves the browser a core.
    await Promise.all([look(CHECKS.slice(0, 1)), look(CHECKS.slice(1))]);
    return CHECKS.map((check) => verdict(check, seen.get(check), site));
  } finally {
    await browser.close();
    server.close();
  }
}

/** What the checks look at: `pages` are all of them, `shown` those that stay when opened, `sampled` one of each kind and of each part. */
async function worldOf(site, browser) {
  const files = filesOf(site, '.html');
  const facts = await readHtml(browser, files.map((file) => site.texts.get(file)));
  const pages = files.map((file, number) => ({ file, address: addressOf(site, file), ...facts[number] }));
  const shown = pages.filter((page) => !page.redirect);
  const shownFiles = shown.map((page) => page.file);
  const sample = sampleOf(site, shownFiles);
  const sampled = coverOf(site, [...new Set(sample.values())], shownFiles).map((file) => addressOf(site, file));
  return { site, browser, pages, sample, sampled, shown: shown.map((page) => page.address), events: new Map() };
}

/** A check that saw nothing proves nothing. */
function verdict({ name, title, judge }, things, site) {
  const findings = things.length ? judge(things, site) : [{ kind: 'nothing to look at', page: site.base, detail: '' }];
  return { name, title, things: things.length, findings };
}
