// What somebody sees who writes while `masthead serve` runs: MASTHEAD=path/to/masthead node --test live.mjs

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { launchHere } from './lib/browser.mjs';

const REPOSITORY = join(import.meta.dirname, '../..');
const ARTICLE = 'content/articles/2026/written.md';
const ADDRESS = '/2026/05/written/';

let root;
let server;
let origin;
let browser;

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'masthead-live-'));
  for (const part of ['content', 'static', 'site.toml']) await cp(join(REPOSITORY, part), join(root, part), { recursive: true });
  const paragraphs = Array.from({ length: 120 }, (_, number) => `Paragraph ${number} of this text.`);
  await write(ARTICLE, `---\ntitle: Written\ndate: 2026-05-06\nsource: Harbour Gazette\n---\n${paragraphs.join('\n\n')}\n`);
  await write('static/own.css', 'p { color: rgb(1, 2, 3) }');
  await cp(join(REPOSITORY, 'themes/base/templates/base.html'), join(root, 'templates/base.html'));
  await edit('templates/base.html', '</head>', '<link rel="stylesheet" href="/own.css"></head>');
  await cp(join(REPOSITORY, 'themes/broadsheet/assets/style.css'), join(root, 'assets/style.css'));
  server = spawn(process.env.MASTHEAD, ['serve', '--port', '0', '--at', '2026-11-30', '--root', root], { stdio: ['ignore', 'ignore', 'pipe'] });
  origin = await new Promise((resolve, reject) => {
    let said = '';
    server.stderr.on('data', (data) => {
      said += data;
      const address = /Serving at (http:\S+?)\/ /.exec(said)?.[1];
      if (address) resolve(address);
    });
    server.on('exit', () => reject(new Error(said)));
  });
  browser = await launchHere();
});

after(async () => {
  await browser?.close();
  server?.kill();
  if (root) await rm(root, { recursive: true });
});

const read = (path) => readFile(join(root, path), 'utf8');

async function write(path, text) {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

async function edit(path, from, to) {
  const text = await read(path);
  assert.ok(text.includes(from), `no ${from} in ${path}`);
  await write(path, text.replaceAll(from, to));
}

/** Opens a page that remembers whether it was loaded again. */
async function open(address) {
  const page = await browser.newPage();
  await page.emulateFocusedPage(true);
  await page.goto(origin + address);
  await page.evaluate(() => { window.isSame = true; });
  await page.waitForNetworkIdle({ idleTime: 100, concurrency: 1 });
  return page;
}

const shows = (page, text) => page.waitForFunction((wanted) => document.body.innerText.includes(wanted), {}, text);
const isSame = (page) => page.evaluate(() => window.isSame === true);
const overlay = (page) => page.waitForFunction(() => document.querySelector('masthead-problems')?.shadowRoot.textContent).then((text) => text.jsonValue());
const noOverlay = (page) => page.waitForFunction(() => !document.querySelector('masthead-problems'));

test('an edit shows without a reload, and nothing moves', async () => {
  const page = await open(ADDRESS);
  await page.evaluate(() => scrollTo({ top: 1500, behavior: 'instant' }));
  await edit(ARTICLE, 'Paragraph 60 of this text', 'Paragraph 60 was *edited*');
  await shows(page, 'Paragraph 60 was edited');
  assert.equal(await page.evaluate(() => scrollY), 1500);
  assert.ok(await isSame(page));

  // As editors write that want no half file to be seen; and a paragraph comes, another goes.
  const text = (await read(ARTICLE)).replace('Paragraph 70 of', 'A new one.\n\nParagraph 70 of').replace('Paragraph 80 of this text.\n\n', '');
  await write(`${ARTICLE}.tmp`, text);
  await rename(join(root, `${ARTICLE}.tmp`), join(root, ARTICLE));
  await shows(page, 'A new one.');
  assert.equal(await page.evaluate(() => document.body.innerText.includes('Paragraph 80')), false);
  assert.equal(await page.evaluate(() => scrollY), 1500);
  assert.ok(await isSame(page));
  await page.close();
});

test('what scripts and readers did to a page stays', async () => {
  const page = await open(ADDRESS);
  await page.evaluate(() => {
    document.documentElement.dataset.mine = 'kept';
    document.body.append(Object.assign(document.createElement('aside'), { id: 'mine' }));
  });
  await edit(ARTICLE, 'title: Written', 'title: Written anew');
  await page.waitForFunction(() => document.title.includes('Written anew'));
  assert.equal(await page.evaluate(() => document.documentElement.dataset.mine), 'kept');
  await page.close();
});

test('style sheets change without a reload, those of the site and those of the theme', async () => {
  const page = await open(ADDRESS);
  const colour = (wanted) => page.waitForFunction((is) => getComputedStyle(document.querySelector('main p, article p')).color === is, {}, wanted);
  await edit('static/own.css', 'rgb(1, 2, 3)', 'rgb(4, 5, 6) !important');
  await colour('rgb(4, 5, 6)');
  assert.ok(await isSame(page));
  await write('assets/style.css', `${await read('assets/style.css')}\nhtml { outline-color: rgb(7, 8, 9) }\n`);
  await page.waitForFunction(() => getComputedStyle(document.documentElement).outlineColor === 'rgb(7, 8, 9)');
  assert.ok(await isSame(page));
  await page.close();
});

test('mistakes appear over the page, with their place, and go when they are mended', async () => {
  const page = await open(ADDRESS);
  const good = await read(ARTICLE);
  await write(ARTICLE, good.replace('date: 2026-05-06', 'date: 2026-05-99'));
  const told = await overlay(page);
  assert.match(told, /2026-05-99/);
  assert.ok(told.includes(`${ARTICLE}:3`), told);
  await shows(page, 'Paragraph 1 of this text');
  await write(ARTICLE, good.replace('Paragraph 1 of', 'The mended paragraph 1 of'));
  await noOverlay(page);
  await shows(page, 'The mended paragraph 1');
  assert.ok(await isSame(page));

  const template = await read('templates/base.html');
  await write('templates/base.html', `${template}{% if %}`);
  assert.match(await overlay(page), /templates\/base\.html/);
  await write('templates/base.html', template);
  await noOverlay(page);

  const config = await read('site.toml');
  await write('site.toml', `titel = "x"\n${config}`);
  assert.match(await overlay(page), /site\.toml:1/);
  await page.reload();
  assert.match(await overlay(page), /site\.toml:1/);
  await write('site.toml', config);
  await noOverlay(page);
  await page.close();
});

test('a page that a change did not touch is left alone, and one that was hidden catches up', async () => {
  const [touched, other] = [await open(ADDRESS), await open('/about/')];
  const asked = [];
  other.on('request', (request) => asked.push(request.url()));
  await edit(ARTICLE, 'Paragraph 5 of', 'Paragraph five of');
  await shows(touched, 'Paragraph five of');
  assert.deepEqual(asked.filter((url) => !url.includes('/.masthead/')), []);
  await Promise.all([touched.close(), other.close()]);
});

test('what lies between two changes stays, and a file that comes late shows', async () => {
  const page = await open(ADDRESS);
  await page.evaluate(() => { [...document.querySelectorAll('.prose p')].find(({ textContent }) => textContent.startsWith('Paragraph 40 of')).dataset.mine = 'yes'; });
  const text = await read(ARTICLE);
  await write(ARTICLE, text.replace('Paragraph 10 of', 'A new one.\n\nParagraph 10 of').replace('Paragraph 110 of', 'Paragraph a hundred and ten of'));
  await shows(page, 'Paragraph a hundred and ten of');
  const kept = () => document.querySelector('[data-mine]')?.textContent;
  assert.match(await page.evaluate(kept), /^Paragraph 40 of/);
  await rm(join(root, 'static/own.css'));
  await new Promise((resolve) => { setTimeout(resolve, 500); });
  await write('static/own.css', 'p { color: rgb(9, 9, 9) }');
  await page.waitForFunction(() => getComputedStyle(document.querySelector('.prose p')).color === 'rgb(9, 9, 9)');
  assert.match(await page.evaluate(kept), /^Paragraph 40 of/);
  await page.close();
});

const wait = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

/** Waits until the server has a text at an address, or no longer has it. */
async function served(address, text, isThere = true) {
  for (let left = 400; (await (await fetch(origin + address)).text()).includes(text) !== isThere; left -= 1) {
    assert.ok(left, `${address} always has or never has ${text}`);
    await wait(25);
  }
}

const svg = (width) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="10"><rect width="${width}" height="10"/></svg>`;

test('pictures that only a style sheet, a choice of pictures or a style attribute names are fetched again', async () => {
  const names = ['sheet', 'imported', 'small', 'large', 'attribute', 'between'];
  for (const name of names) await write(`static/pic/${name}.svg`, svg(10));
  const css = await read('static/own.css');
  await write('static/more.css', '#imported { background: url(pic/imported.svg) }');
  await write('static/own.css', `@import "more.css";\n${css}\n@media all { #sheet { background: no-repeat url("pic/sheet.svg") } }`);
  const template = await read('templates/base.html');
  await edit('templates/base.html', '</body>', `<div id="sheet">1</div><div id="imported">2</div><div id="attribute" style="background: url('/pic/attribute.svg')">3</div>
    <img id="set" alt="" srcset="/pic/small.svg 1x,/pic/large.svg 3x"><picture><source srcset="/pic/between.svg"><img id="picture" alt=""></picture></body>`);
  await served(ADDRESS, 'id="picture"');
  await served('/own.css', '#sheet');
  const page = await open(ADDRESS);
  await page.waitForFunction(() => document.querySelector('#set').naturalWidth === 10);
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  for (const name of names) {
    await write(`static/pic/${name}.svg`, svg(20));
    if (name === 'large') {
      await page.waitForFunction(() => /large\.svg\?masthead=\w+ 3x/.test(document.querySelector('#set').srcset));
    } else {
      for (let left = 200; !asked.includes(`/pic/${name}.svg`); left -= 1) {
        assert.ok(left, `${name} is not asked for again`);
        await wait(25);
      }
    }
  }
  await page.waitForFunction(() => document.querySelector('#set').naturalWidth === 20 && document.querySelector('#picture').naturalWidth === 20);
  await page.waitForFunction(() => ['sheet', 'imported', 'attribute'].every((name) => getComputedStyle(document.getElementById(name)).backgroundImage.includes('masthead=')));
  // A style sheet that comes anew, and an element that is made anew, show the pictures as they are now.
  await edit('static/own.css', '@media all { #sheet {', '@media all { #sheet { color: rgb(3, 2, 1); ');
  await page.waitForFunction(() => getComputedStyle(document.querySelector('#sheet')).color === 'rgb(3, 2, 1)');
  await page.waitForFunction(() => getComputedStyle(document.querySelector('#sheet')).backgroundImage.includes('masthead='));
  assert.ok(await isSame(page));
  await page.close();
  await write('templates/base.html', template);
  await write('static/own.css', css);
  await served(ADDRESS, 'id="picture"', false);
  await served('/own.css', '#sheet', false);
});

test('what an extension of the browser adds stays, and the rest is patched around it', async () => {
  const page = await open(ADDRESS);
  await page.evaluate(() => {
    const made = (name, id) => Object.assign(document.createElement(name), { id });
    window.added = [made('div', 'first'), made('aside', 'last'), made('span', 'inside')];
    document.body.prepend(window.added[0]);
    document.body.append(window.added[1]);
    [...document.querySelectorAll('.prose p')].find(({ textContent }) => textContent.startsWith('Paragraph 30 of')).before(window.added[2]);
    window.kept = [...document.querySelectorAll('body > header, body > main, body > footer, main > article, .prose')];
    window.marked = [...document.querySelectorAll('.prose p')].find(({ textContent }) => textContent.startsWith('Paragraph 31 of'));
  });
  const text = await read(ARTICLE);
  await write(ARTICLE, text.replace('Paragraph 29 of this', 'Paragraph 29, edited, of this').replace('Paragraph 32 of', 'One more.\n\nParagraph 32 of').replace('Paragraph 33 of this text.\n\n', ''));
  await shows(page, 'Paragraph 29, edited, of this');
  assert.ok(await page.evaluate(() => window.kept.length > 2 && [...window.added, ...window.kept, window.marked].every((node) => node.isConnected)));
  const around = await page.evaluate(() => [...document.querySelectorAll('.prose > *')].map(({ id, textContent }) => id || textContent));
  const at = around.indexOf('inside');
  assert.deepEqual(around.slice(at - 1, at + 5), ['Paragraph 29, edited, of this text.', 'inside', 'Paragraph 30 of this text.', 'Paragraph 31 of this text.', 'One more.', 'Paragraph 32 of this text.']);
  assert.ok(!around.includes('Paragraph 33 of this text.'));
  assert.deepEqual(await page.evaluate(() => [document.body.firstElementChild.id, document.body.lastElementChild.id]), ['first', 'last']);
  await write(ARTICLE, text);
  await shows(page, 'Paragraph 33 of this text.');
  assert.ok(await isSame(page));
  await page.close();
});

test('what a script has made of a part that changes gives way to what is written', async () => {
  const page = await open(ADDRESS);
  await page.evaluate(() => {
    const part = [...document.querySelectorAll('.prose p')].find(({ textContent }) => textContent.startsWith('Paragraph 50 of'));
    const box = document.createElement('section');
    part.replaceWith(box);
    box.append(part);
  });
  await edit(ARTICLE, 'Paragraph 50 of this', 'Paragraph fifty of this');
  await shows(page, 'Paragraph fifty of this');
  assert.equal(await page.evaluate(() => document.querySelector('.prose').innerText.includes('Paragraph 50')), false);
  await page.close();
});

test('problems that were hidden stay hidden until there are others', async () => {
  const page = await open(ADDRESS);
  const good = await read(ARTICLE);
  const hide = () => page.evaluate(() => document.querySelector('masthead-problems').shadowRoot.querySelector('button').click());
  const isHidden = async () => { await wait(400); return page.evaluate(() => !document.querySelector('masthead-problems')); };
  await write(ARTICLE, good.replace('date: 2026-05-06', 'date: 2026-05-99'));
  await overlay(page);
  await hide();
  const again = page.waitForRequest((request) => request.url().includes('/.masthead/events'));
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await again;
  assert.ok(await isHidden(), 'the connection came back');
  await write(ARTICLE, good.replace('date: 2026-05-06', 'tags: [sea]\ndate: 2026-05-99'));
  assert.ok(await isHidden(), 'it is only on another line');
  await write(ARTICLE, good.replace('date: 2026-05-06', 'date: 2026-05-98'));
  assert.match(await overlay(page), /2026-05-98/);
  await hide();
  await write(ARTICLE, good);
  await wait(400);
  await write(ARTICLE, good.replace('date: 2026-05-06', 'date: 2026-05-98'));
  assert.match(await overlay(page), /2026-05-98/);
  await write(ARTICLE, good);
  await noOverlay(page);
  await page.close();
});

test('long names do not widen the overlay, and it can be hidden wherever it is scrolled', async () => {
  const page = await open(ADDRESS);
  await page.setViewport({ width: 360, height: 640 });
  const names = Array.from({ length: 8 }, (_, number) => `content/articles/2026/${'a-very-long-name_'.repeat(10)}${number}.md`);
  for (const name of names) await write(name, '---\ntitle: Long\ndate: 2026-05-99\n---\nText.\n');
  await overlay(page);
  await page.waitForFunction(() => { const { scrollHeight, clientHeight } = document.querySelector('masthead-problems'); return scrollHeight > clientHeight + 100; });
  const seen = await page.evaluate(() => {
    const shown = document.querySelector('masthead-problems');
    shown.scrollTop = shown.scrollHeight;
    const { left, top, width, height } = shown.shadowRoot.querySelector('button').getBoundingClientRect();
    const there = shown.shadowRoot.elementFromPoint(left + width / 2, top + height / 2);
    return { wide: shown.scrollWidth - shown.clientWidth, scrolled: shown.scrollTop > 50, there: there?.localName };
  });
  assert.deepEqual(seen, { wide: 0, scrolled: true, there: 'button' });
  for (const name of names) await rm(join(root, name));
  await noOverlay(page);
  await page.close();
});

test('a template without end tags is kept fresh too', async () => {
  await write('templates/bare.html', '<!doctype html>\n<title>Bare</title>\n<h1>{{ article.title }}</h1>{{ article.content | safe }}\n');
  await write('content/articles/2026/bare.md', '---\ntitle: Bare\ndate: 2026-05-07\ntemplate: bare.html\n---\nThe first text.\n');
  await served('/2026/05/bare/', 'The first text');
  const page = await open('/2026/05/bare/');
  await edit('content/articles/2026/bare.md', 'The first', 'The second');
  await shows(page, 'The second text.');
  assert.ok(await isSame(page));
  await page.close();
});
