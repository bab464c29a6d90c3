// A built site as files and addresses. Reads the disk once, knows nothing of browsers and judges nothing.

import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** The host that every site is built for; the browser finds our server behind it. */
export const HOST = 'pages.example';

/** The kinds of pages, told by their address below the base path: the shape of an address is part of the contract. */
export const KINDS = {
  'home': /^$/, 'article': /^\d{4}\/(\d\d\/)?[^/]*[a-z][^/]*\/$/, 'numbered list page': /(^|\/)page\/\d+\/$/,
  'tag': /^tags\/[^/]+\/$/, 'source': /^sources\/[^/]+\/$/, 'author': /^authors\/[^/]+\/$/, 'series': /^series\/[^/]+\/$/,
  'tags': /^tags\/$/, 'sources': /^sources\/$/, 'authors': /^authors\/$/, 'all series': /^series\/$/, 'archive': /^archive\/$/,
  'year': /^\d{4}\/$/, 'month': /^\d{4}\/\d\d\/$/, 'day': /^\d{4}\/\d\d\/\d\d\/$/, 'source-year': /^sources\/[^/]+\/\d{4}\/$/,
  'standing page': /^(?!(tags|sources|authors|series|archive|\d{4})\/)[^/]+\/$/, 'not found': /^404\.html$/,
};

/** The files of `dir`, with the text of those that the checks read. */
export async function readSite(dir, base) {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const pathOf = (entry) => relative(dir, join(entry.parentPath ?? entry.path, entry.name));
  const files = entries.filter((entry) => entry.isFile()).map(pathOf).sort();
  const read = files.filter((file) => /\.(html|css|xml|json)$/.test(file));
  const texts = await Promise.all(read.map(async (file) => [file, await readFile(join(dir, file), 'utf8')]));
  return { dir, base, files: new Set(files), texts: new Map(texts) };
}

/** The files of one ending whose text was read, in the order of their names. */
export const filesOf = (site, ending) => [...site.texts.keys()].filter((file) => file.endsWith(ending));

const placeOf = (file) => file.replace(/(^|\/)index\.html$/, '$1');

/** Where a file is seen: `tags/index.html` at `/base/tags/`. */
export const addressOf = (site, file) => site.base + encodeURI(placeOf(file));

/**
 * The file that `url`, found at the address `from`, leads to: `{ file, fragment }`, or `{ fault }`, or null where it
 * leaves the site. An address must be exact: a host that mends a missing slash does so with a redirect.
 */
export function fileAt(site, url, from) {
  const here = `https://${HOST}${from}`;
  if (!URL.canParse(url, here)) return { fault: 'unreadable address' };
  const target = new URL(url, here);
  if (target.host !== HOST) return null;
  if (!target.pathname.startsWith(site.base)) return { fault: 'address outside the base path' };
  const file = decodeURIComponent(target.pathname.slice(site.base.length)).replace(/(^|\/)$/, '$1index.html');
  return site.files.has(file) ? { file, fragment: decodeURIComponent(target.hash.slice(1)) } : { fault: 'dead link' };
}

/** One page of each kind: the largest, because it shows the most. Kinds that the site has not are left out. */
export function sampleOf(site, files) {
  const bySize = [...files].sort((a, b) => site.texts.get(b).length - site.texts.get(a).length);
  const found = Object.entries(KINDS).map(([kind, shape]) => [kind, bySize.find((file) => shape.test(placeOf(file)))]);
  return new Map(found.filter(([, file]) => file));
}

/** What a page is made of: its elements with their classes. */
const partsOf = (html) => new Set(html.match(/<[a-z][a-z0-9]*(?: class="[^"]*")?/g));

/** The files of a sample, and as many more as it takes to see every part that any of the files has: the one with the most first. */
export function coverOf(site, sample, files) {
  const parts = new Map(files.map((file) => [file, partsOf(site.texts.get(file))]));
  const unseen = new Set([...parts.values()].flatMap((each) => [...each]));
  const chosen = [];
  const take = (file) => {
    chosen.push(file);
    for (const part of parts.get(file)) unseen.delete(part);
  };
  sample.forEach(take);
  while (unseen.size) {
    const gain = (file) => [...parts.get(file)].filter((part) => unseen.has(part)).length;
    take(files.reduce((best, file) => (gain(file) > gain(best) ? file : best)));
  }
  return chosen;
}
