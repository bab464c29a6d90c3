// Feeds hold what RFC 4287 (Atom) and JSON Feed 1.1 demand; what they and the sitemaps point to exists.

import { readXml } from '../lib/documents.mjs';
import { addressOf, fileAt, filesOf } from '../lib/site.mjs';

export const title = 'feeds and sitemaps';

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

export async function look({ site, browser }) {
  const files = filesOf(site, '.xml');
  const trees = await readXml(browser, files.map((file) => site.texts.get(file)));
  const feeds = filesOf(site, 'feed.json').map((file) => ({ file, text: site.texts.get(file) }));
  return [...files.map((file, number) => ({ file, tree: trees[number] })), ...feeds];
}

export function judge(things, site) {
  const sitemap = site.files.has('sitemap.xml') ? [] : [{ kind: 'no sitemap', page: 'sitemap.xml', detail: '' }];
  return [...sitemap, ...things.flatMap(({ file, tree, text }) => {
    const { faults, links } = tree ? readTree(tree) : readJson(text);
    const dead = links.map((link) => [fileAt(site, link, addressOf(site, file))?.fault, link]);
    return [...faults, ...dead].filter(([kind]) => kind).map(([kind, detail]) => ({ kind, page: file, detail: `${detail}` }));
  })];
}

// Each reader gives the addresses in a document and its faults: pairs of kind and detail, without a kind where all is well.

function readTree(tree) {
  if (tree.fault) return { faults: [['not well-formed', tree.fault]], links: [] };
  if (tree.name === 'feed') return readAtom(tree);
  const places = /^(urlset|sitemapindex)$/.test(tree.name) ? tree.children.map((entry) => textOf(entry, 'loc')) : [];
  return { faults: places.map((place) => [!place && 'sitemap entry without `loc`', '']), links: places.filter(Boolean) };
}

function readAtom(feed) {
  const parts = [feed, ...kids(feed, 'entry')];
  const hasLink = (part, rel) => kids(part, 'link').some(({ attributes }) => (attributes.rel ?? 'alternate') === rel);
  const faultsOf = (part, id) => [
    ...['id', 'title', 'updated'].map((name) => [kids(part, name).length !== 1 && `Atom: not one ${name}`, id]),
    ...[...kids(part, 'updated'), ...kids(part, 'published')].map(({ text }) => [!RFC_3339.test(text) && 'Atom: no RFC 3339 date', text]),
    [!URL.canParse(id) && 'Atom: id is no IRI', id],
    [![...kids(part, 'author'), ...kids(feed, 'author')].some((author) => textOf(author, 'name')) && 'Atom: no author', id],
    [!hasLink(part, 'alternate') && !kids(part, 'content').length && 'Atom: neither link nor content', id],
  ];
  return {
    links: parts.flatMap((part) => kids(part, 'link').map((link) => link.attributes.href ?? '')),
    faults: [
      [feed.space !== 'http://www.w3.org/2005/Atom' && 'Atom: wrong namespace', feed.space],
      [!hasLink(feed, 'self') && 'Atom: no link to itself', ''],
      ...parts.flatMap((part) => faultsOf(part, textOf(part, 'id'))), ...repeated(parts.map((part) => textOf(part, 'id'))),
    ],
  };
}

function readJson(text) {
  const feed = parsed(text);
  if (!Array.isArray(feed.items)) return { faults: [[feed.fault ?? 'JSON Feed: no items', '']], links: [] };
  const faultsOf = (item) => [
    [(typeof item.id !== 'string' || !item.id) && 'JSON Feed: no id', item.url],
    [!item.content_html && !item.content_text && 'JSON Feed: no content', item.id],
    [!(item.authors ?? feed.authors)?.some(({ name }) => name) && 'JSON Feed: no author', item.id],
    ...[item.date_published, item.date_modified].map((date) => [date && !RFC_3339.test(date) && 'JSON Feed: no RFC 3339 date', date]),
  ];
  return {
    links: [feed.home_page_url, feed.feed_url, ...feed.items.flatMap(({ url, image }) => [url, image])].filter(Boolean),
    faults: [
      [feed.version !== 'https://jsonfeed.org/version/1.1' && 'JSON Feed: wrong version', feed.version],
      ...['title', 'home_page_url', 'feed_url'].map((name) => [!feed[name] && `JSON Feed: no ${name}`, '']),
      ...feed.items.flatMap(faultsOf), ...repeated(feed.items.map(({ id }) => id)),
    ],
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    return { fault: `not JSON: ${error.message}` };
  }
}

const kids = (tree, name) => tree.children.filter((child) => child.name === name && child.space === tree.space);
const textOf = (tree, name) => kids(tree, name)[0]?.text;
const repeated = (ids) => ids.filter((id, place) => id && ids.indexOf(id) !== place).map((id) => ['repeated id', id]);
