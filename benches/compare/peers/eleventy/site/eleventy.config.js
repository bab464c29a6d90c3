// The lists that the other peers make by themselves: each page of each list is an entry of a collection.
import { createRequire } from "node:module";

const require = createRequire(`${process.env.ELEVENTY_MODULES}/`);
const footnotes = require("markdown-it-footnote");

const PER_PAGE = 20;

const slug = (text) => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
const date = (article) => article.date.toISOString();

/** The pages of one list. */
function pages({ title, url, articles }) {
  const count = Math.max(1, Math.ceil(articles.length / PER_PAGE));
  const address = (number) => (number === 0 ? url : `${url}page/${number + 1}/`);
  return Array.from({ length: count }, (_, number) => ({
    title,
    url: address(number),
    articles: articles.slice(number * PER_PAGE, (number + 1) * PER_PAGE),
    newer: number > 0 && address(number - 1),
    older: number + 1 < count && address(number + 1),
  }));
}

/** One list for each name that the articles have. */
function lists(articles, names, address) {
  const byName = new Map();
  for (const article of articles) {
    for (const name of names(article)) {
      if (!byName.has(name)) byName.set(name, []);
      byName.get(name).push(article);
    }
  }
  const list = ([title, articles]) => ({ title, url: address(title), articles });
  return [...byName].map(list).sort((a, b) => (a.title < b.title ? -1 : 1));
}

function overview(title, url, lists) {
  return { title, url, lists };
}

/** Everything that is made from the articles, newest first. */
function everything(articles) {
  const home = { title: "The Bench", url: "/", articles };
  const tags = lists(articles, (article) => article.data.topics, (name) => `/tags/${slug(name)}/`);
  const sources = lists(articles, (article) => [article.data.outlet], (name) => `/sources/${slug(name)}/`);
  const years = lists(articles, (article) => [date(article).slice(0, 4)], (year) => `/${year}/`);
  const months = lists(articles, (article) => [date(article).slice(0, 7)], (month) => `/${month.replace("-", "/")}/`);
  return {
    pages: [home, ...tags, ...sources, ...years, ...months].flatMap(pages),
    feeds: [home, ...tags, ...sources],
    overviews: [
      overview("Tags", "/tags/", tags),
      overview("Sources", "/sources/", sources),
      overview("Archive", "/archive/", [...years, ...months]),
    ],
    neighbours: new Map(articles.map((article, at) => [article.url, { newer: articles[at - 1], older: articles[at + 1] }])),
  };
}

export default function (config) {
  let made;
  const once = (api) => (made ??= everything(api.getFilteredByGlob("content/**/*.md").reverse()));
  for (const name of ["pages", "feeds", "overviews"]) {
    config.addCollection(name, (api) => once(api)[name]);
  }
  config.addFilter("neighbours", (url) => made.neighbours.get(url));
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("slug", slug);
  config.amendLibrary("md", (markdown) => markdown.set({ html: true, typographer: true, linkify: true }).use(footnotes));
  config.addPassthroughCopy("pictures");
  return { dir: { output: "public" }, markdownTemplateEngine: false };
}
