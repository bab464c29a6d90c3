// Every address in a page or a style sheet that stays on the site leads to a file, every fragment to an id.

import { addressOf, fileAt, filesOf } from '../lib/site.mjs';

export const title = 'links and ids';

export async function look({ site, pages }) {
  const linksOf = (sheet) => [...site.texts.get(sheet).matchAll(/url\(\s*["']?([^"')]+)/g)].map((match) => match[1]);
  return [...pages, ...filesOf(site, '.css').map((file) => ({ file, address: addressOf(site, file), ids: [], links: linksOf(file) }))];
}

export function judge(things, site) {
  const ids = new Map(things.map((thing) => [thing.file, new Set(thing.ids)]));
  return things.flatMap((thing) => [...deadLinks(thing, ids, site), ...repeatedIds(thing)]);
}

function deadLinks({ file, address, links, redirect }, ids, site) {
  // The page for unknown addresses is shown at any of them, so its links must not depend on its own place.
  const from = file === '404.html' ? `${site.base}no/such/page/` : address;
  const all = redirect ? [...links, redirect.replace(/^[^=]*=\s*/, '')] : links;
  return [...new Set(all)].flatMap((link) => {
    const target = fileAt(site, link, link.startsWith('#') ? address : from);
    const lost = target?.fragment && !target.fragment.startsWith(':~:') && ids.get(target.file)?.has(target.fragment) === false;
    const kind = target?.fault ?? (lost && 'fragment without an id');
    return kind ? [{ kind, page: file, detail: link }] : [];
  });
}

const repeatedIds = ({ file, ids }) => [...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))]
  .map((id) => ({ kind: 'repeated id', page: file, detail: id }));
