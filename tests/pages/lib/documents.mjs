// Reads HTML and XML with the browser's own parsers, because no other would be as right. Judges nothing.

/** What the checks need of each HTML document. */
export const readHtml = (browser, texts) => inBlankPage(browser, factsOfHtml, texts);

/** Each XML document as a tree of `{ name, space, attributes, text, children }`, or `{ fault }`. */
export const readXml = (browser, texts) => inBlankPage(browser, treesOfXml, texts);

async function inBlankPage(browser, read, texts) {
  const page = await browser.newPage();
  const facts = await page.evaluate(read, texts);
  await page.close();
  return facts;
}

/** Runs in the browser. */
function factsOfHtml(texts) {
  const CANDIDATE = /\s*(\S*[^\s,])(?:\s+[\d.]+[wx])?\s*(?:,|$)/g;
  return texts.map((text) => {
    const page = new DOMParser().parseFromString(text, 'text/html');
    const all = (selector, read) => [...page.querySelectorAll(selector)].map(read);
    const values = (name, selector = '') => all(`${selector}[${name}]`, (element) => element.getAttribute(name));
    const sets = ['srcset', 'imagesrcset'].flatMap((name) => values(name));
    return {
      lang: page.documentElement.lang,
      title: page.title.trim(),
      descriptions: values('content', 'meta[name="description"]'),
      canonicals: values('href', 'link[rel~="canonical"]'),
      redirect: values('content', 'meta[http-equiv="refresh" i]')[0],
      headings: all('h1, h2, h3, h4, h5, h6', (heading) => Number(heading.localName[1])),
      ids: all('[id]', (element) => element.id),
      jsonLd: all('script[type="application/ld+json"]', (script) => script.textContent),
      links: [
        ...['href', 'src', 'poster', 'action', 'data'].flatMap((name) => values(name)),
        ...['og:image', 'og:url'].flatMap((name) => values('content', `meta[property="${name}"]`)),
        ...sets.flatMap((set) => [...set.matchAll(CANDIDATE)].map((match) => match[1])),
      ],
    };
  });
}

/** Runs in the browser. */
function treesOfXml(texts) {
  const treeOf = (element) => ({
    name: element.localName,
    space: element.namespaceURI,
    attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
    text: element.childElementCount ? '' : element.textContent.trim(),
    children: [...element.children].map(treeOf),
  });
  return texts.map((text) => {
    const page = new DOMParser().parseFromString(text, 'application/xml');
    const fault = page.querySelector('parsererror');
    return fault ? { fault: fault.textContent.slice(0, 200) } : treeOf(page.documentElement);
  });
}
