// Proves that the checks can fail: a sound site passes them, and in a copy each planted fault is found by its check.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { inspect } from './lib/inspect.mjs';

const BASE = '/sub/';
const HOME = `https://pages.example${BASE}`;

/** One page each of the kinds that carry faults of the sample, and standing pages for the other faults. */
const PAGES = [
  'index.html', '2024/05/some-words/index.html', 'tags/sea/index.html', 'sources/gazette/index.html', '404.html',
  ...['about', 'two', 'three', 'four', 'five', 'six', 'seven'].map((name) => `${name}/index.html`),
];
const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Page</title><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="A page"><link rel="canonical" href="${HOME}"><link rel="stylesheet" href="${BASE}style.css">
<link rel="icon" href="data:,"><script type="application/ld+json">{"@context":"https://schema.org","@type":"WebPage"}</script></head>
<body><a class="skip" href="#main">Skip</a><nav><a href="${BASE}">Home</a></nav>
<main id="main"><h1>Page</h1><p>Text and a <a href="${BASE}about/">link</a></p><h2>Part</h2></main></body></html>`;
const style = `:root { color-scheme: light dark } body { margin: 1rem; background: #fff; color: #111 } a { color: inherit }
.skip { position: absolute; left: -99rem } .skip:focus { left: 0 }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee } }`;
const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Feed</title><id>${HOME}feed.xml</id><author><name>Ann</name></author>
<link rel="self" href="${HOME}feed.xml"/><link href="${HOME}"/><updated>2024-05-06T00:00:00Z</updated>
<entry><title>Entry</title><id>${HOME}about/</id><link href="${HOME}about/"/><updated>2024-05-06T01:00:00Z</updated></entry></feed>`;
const json = `{ "version": "https://jsonfeed.org/version/1.1", "title": "Feed", "home_page_url": "${HOME}", "feed_url": "${HOME}feed.json",
  "items": [{ "id": "1", "content_text": "Text", "date_published": "2024-05-06T00:00:00Z", "authors": [{ "name": "Ann" }] }] }`;
const sitemap = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${HOME}about/</loc></url></urlset>`;

const soundSite = () => new Map([
  ...PAGES.map((file) => [file, page]),
  ['style.css', style], ['feed.xml', atom], ['tags/sea/feed.xml', atom], ['feed.json', json], ['sitemap.xml', sitemap],
]);

/** Check, kind of finding, file, and which text in it becomes what. */
const FAULTS = [
  ['valid', /Stray end tag/, 'two/index.html', '</h2>', '</h2></em>'],
  ['valid', /colour/, 'style.css', 'color: inherit', 'color: inherit; colour: red'],
  ['links', /^dead link$/, 'two/index.html', 'about/"', 'nowhere/"'],
  ['links', /^dead link$/, 'three/index.html', 'about/"', 'about"'],
  ['links', /^dead link$/, 'four/index.html', '<h2>', '<img src="data:," srcset="no.png 2x" alt="x"><h2>'],
  ['links', /^dead link$/, '404.html', `${BASE}about/`, 'about/'],
  ['links', /^address outside the base path$/, 'five/index.html', `${BASE}about/`, '/about/'],
  ['links', /^fragment without an id$/, 'six/index.html', 'about/"', 'about/#nothing"'],
  ['links', /^repeated id$/, 'seven/index.html', '<p>', '<p id="main">'],
  ['outline', /`lang`/, 'two/index.html', 'lang="en"', ''],
  ['outline', /^no title$/, 'three/index.html', '<title>Page', '<title>'],
  ['outline', /description/, 'four/index.html', '<meta name="description" content="A page">', ''],
  ['outline', /canonical/, 'five/index.html', 'rel="canonical"', 'rel="next"'],
  ['outline', /`h1`/, 'four/index.html', '<h2>', '<h1>Two</h1><h2>'],
  ['outline', /level skipped/, 'six/index.html', '<h2>Part</h2>', '<h3>Part</h3>'],
  ['outline', /unreadable JSON-LD/, 'seven/index.html', '"@type"', '@type'],
  ['feeds', /not well-formed/, 'tags/sea/feed.xml', '</feed>', ''],
  ['feeds', /not one id/, 'feed.xml', `<id>${HOME}feed.xml</id>`, ''],
  ['feeds', /not one updated/, 'feed.xml', '<updated>2024-05-06T00:00:00Z</updated>', ''],
  ['feeds', /Atom: no RFC 3339/, 'feed.xml', '2024-05-06T01:00:00Z', '2024-05-06'],
  ['feeds', /Atom: no author/, 'feed.xml', '<author><name>Ann</name></author>', ''],
  ['feeds', /wrong version/, 'feed.json', 'version/1.1', 'version/1'],
  ['feeds', /JSON Feed: no id/, 'feed.json', '"id": "1", ', ''],
  ['feeds', /JSON Feed: no RFC 3339/, 'feed.json', '2024-05-06T00:00:00Z', 'yesterday'],
  ['feeds', /dead link/, 'sitemap.xml', 'about/', 'gone/'],
  ['accessible', /color-contrast/, 'tags/sea/index.html', '<p>', '<p style="background: #fff; color: #bbb">'],
  ['accessible', /label/, 'tags/sea/index.html', '<h2>', '<input><h2>'],
  ['dark', /not dark/, '2024/05/some-words/index.html', '<body>', '<body style="background: #fff; color: #111">'],
  ['keyboard', /no skip link/, 'index.html', '#main', `${BASE}about/`],
  ['keyboard', /stays hidden/, 'sources/gazette/index.html', 'class="skip"', 'class="skip" style="opacity: 0"'],
  ['keyboard', /does not skip/, 'tags/sea/index.html', 'class="skip"', 'class="skip" onclick="return false"'],
  ['width', /wider than 320 px/, '2024/05/some-words/index.html', '<h2>', '<h2 style="width: 340px">'],
  ['scriptless', /other text/, 'tags/sea/index.html', '</main>', '<noscript>Switch it on</noscript></main>'],
  ['weight', /requests/, 'three/index.html', '<link rel="icon"', `${`<link rel="stylesheet" href="${BASE}style.css">`.repeat(3)}<link rel="icon"`],
  ['quiet', /console message/, 'index.html', '<h2>', '<script>console.log("here")</script><h2>'],
  ['quiet', /script error/, 'about/index.html', '<h2>', '<script>nothing()</script><h2>'],
  ['quiet', /another host/, 'seven/index.html', '<h2>', '<img src="https://third.example/x.png" alt="x"><h2>'],
  ['quiet', /failed request/, 'sources/gazette/index.html', '<h2>', '<img src="no.png" alt="x"><h2>'],
];

const temp = await mkdtemp(join(tmpdir(), 'masthead-pages-'));
after(() => rm(temp, { recursive: true }));

test('a sound site passes every check but the one for kinds', async () => {
  const verdicts = await inspectSite('sound', soundSite());
  assert.deepEqual(verdicts.filter(({ name }) => name !== 'kinds').flatMap(({ findings }) => findings), []);
});

test('every check finds the faults that are planted for it', async () => {
  const site = soundSite();
  for (const [, , file, from, to] of FAULTS) {
    assert(site.get(file).includes(from), `${from} is not in ${file}`);
    site.set(file, site.get(file).replace(from, to));
  }
  for (const { name, findings } of await inspectSite('broken', site)) {
    const planted = FAULTS.filter(([check]) => check === name);
    assert(planted.length || (name === 'kinds' && findings.length), `nothing is planted for ${name}`);
    for (const [, kind, file] of planted) assert(findings.some((each) => isAt(each, kind, file)), `${name} misses ${kind} in ${file}`);
  }
});

test('an empty site is no success', async () => {
  const verdicts = await inspectSite('empty', new Map([['robots.txt', '']]));
  assert.deepEqual(verdicts.filter(({ findings }) => !findings.length), []);
});

const isAt = (finding, kind, file) => kind.test(finding.kind) && [file, BASE + file.replace(/index\.html$/, '')].includes(finding.page);

async function inspectSite(name, files) {
  for (const [file, text] of files) {
    await mkdir(dirname(join(temp, name, file)), { recursive: true });
    await writeFile(join(temp, name, file), text);
  }
  return inspect(join(temp, name), BASE);
}
