// Pages stay light: what they load besides pictures, compressed as hosts send it, against fixed budgets.

import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileAt } from '../lib/site.mjs';

export const title = 'weight of pages';

const KIB = 1024;
/** The document counts against its own budget if it is an article of up to 900 words. */
const BUDGETS = { article: 8 * KIB, css: 6 * KIB, js: 2 * KIB, requests: 3 };

export async function look({ site, pages }) {
  const sizes = new Map();
  const sizeOf = (file) => {
    if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(join(site.dir, file))).length);
    return sizes.get(file);
  };
  const weighed = pages.filter(({ redirect }) => !redirect);
  return weighed.map((page) => weigh(page, site, sizeOf));
}

function weigh({ file, address }, site, sizeOf) {
  const text = site.texts.get(file);
  const loaded = (pattern) => [...text.matchAll(pattern)].map(([, url]) => fileAt(site, url, address)?.file).filter(Boolean);
  const css = loaded(/<link rel="stylesheet" href="([^"]+)"/g);
  const js = loaded(/<script[^>]* src="([^"]+)"/g);
  const sum = (files) => files.reduce((total, each) => total + sizeOf(each), 0);
  const [, content = ''] = /<main[^>]*>(.*)<\/main>/s.exec(text) ?? [];
  const words = content.replace(/<[^>]+>/g, ' ').split(/\s+/).length;
  const isArticle = text.includes('property="og:type" content="article"') && words <= 1100;
  return { page: file, article: isArticle ? sizeOf(file) : 0, css: sum(css), js: sum(js), requests: 1 + css.length + js.length };
}

export const judge = (things) => things.flatMap(({ page, ...weights }) => Object.entries(BUDGETS)
  .filter(([what, most]) => weights[what] > most)
  .map(([what, most]) => ({ kind: `too much: ${what}`, page, detail: `${weights[what]} of ${most}` })));
