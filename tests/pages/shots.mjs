// Pictures of every kind of page in every theme, compared with those that somebody looked at and accepted.
//
// `node shots.mjs [--accept]`, with `SITES` as for `behaviour.mjs`. Machines draw letters differently: here they are all drawn in
// Liberation, which comes with the browser's package, pictures are small, and what is compared is the mean colour of blocks.

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launch, show } from './lib/browser.mjs';
import { serve } from './lib/server.mjs';
import { addressOf, filesOf, HOST, readSite, sampleOf } from './lib/site.mjs';

const FOLDER = join(import.meta.dirname, 'shots');
const accept = process.argv.includes('--accept');
/** The most that a block's colour, of 255, may differ, and the share of blocks that may differ more. */
const TOLERANCE = { colour: 24, blocks: 0.03 };
const FONTS = `[lang][lang] { --serif: "Liberation Serif" !important; --sans: "Liberation Sans" !important; --mono: "Liberation Mono" !important }
  html { scroll-behavior: auto !important }`;
const VIEWS = [
  { name: '', width: 1280, scheme: 'light', kinds: /./ },
  { name: '-dark', width: 1280, scheme: 'dark', kinds: /^(home|article|source|archive)$/ },
  { name: '-phone', width: 390, scheme: 'light', kinds: /^(home|article|source|archive)$/ },
];

await mkdir(FOLDER, { recursive: true });
const known = new Set((await readdir(FOLDER)).filter((name) => name.endsWith('.webp')));
const findings = [];
let taken = 0;
for (const line of process.env.SITES.trim().split('\n')) {
  const [, theme, dir, base] = /^(\w+)=(\S+) (\S+)$/.exec(line);
  await photograph(theme, await readSite(dir, base));
}
for (const name of known) {
  if (accept) await rm(join(FOLDER, name));
  else findings.push(`${name}: no page is like this any more`);
}
console.log(`${findings.length ? 'FAIL' : 'ok  '}  ${taken} pictures${accept ? ' accepted' : ' compared'}`);
findings.forEach((finding) => console.log(`  ${finding}`));
if (findings.length) console.log('  If that is how it should look: tests/pages/run --accept BINARY');
process.exitCode = findings.length ? 1 : 0;

async function photograph(theme, site) {
  const server = await serve(site);
  const browser = await launch(server.address().port);
  // In a context of its own a tab counts as being in front; behind another one it would decode no picture.
  const [page, judge] = await Promise.all([0, 1].map(async () => (await browser.createBrowserContext()).newPage()));
  await page.emulateFocusedPage(true);
  for (const [kind, file] of sampleOf(site, filesOf(site, '.html'))) {
    for (const view of VIEWS.filter(({ kinds }) => kinds.test(kind))) {
      const name = `${theme}-${kind.replaceAll(' ', '-')}${view.name}.webp`;
      const now = await shoot(page, addressOf(site, file), view);
      taken += 1;
      const fresh = !known.delete(name);
      if (accept && (fresh || await difference(judge, await readFile(join(FOLDER, name)), now))) await writeFile(join(FOLDER, name), now);
      else if (!accept) {
        const fault = fresh ? 'nobody has accepted this picture' : await difference(judge, await readFile(join(FOLDER, name)), now);
        if (fault) findings.push(`${name}: ${fault}`);
      }
    }
  }
  await browser.close();
  server.close();
}

async function shoot(page, address, view) {
  await show(page, view);
  await page.setViewport({ width: view.width, height: 1500, deviceScaleFactor: view.width > 500 ? 0.25 : 0.4 });
  await page.goto(`http://${HOST}${address}`);
  await page.addStyleTag({ content: FONTS });
  await page.evaluate(() => Promise.all([...document.images].map(async (image) => {
    // A picture that is decoded beside the drawing may be missing from it.
    image.decoding = 'sync';
    image.loading = 'eager';
    if (!image.complete) await new Promise((done) => { image.onload = image.onerror = done; });
    await image.decode().catch(() => {});
  })));
  return settled(() => page.screenshot({ type: 'webp', quality: 55 }));
}

/** A picture that is the same twice running: what a browser draws late is on it. */
async function settled(take, tries = 10) {
  let [before, now] = [await take(), await take()];
  while (Buffer.compare(before, now) && tries--) [before, now] = [now, await take()];
  return now;
}

/** What differs between two pictures, in words; empty if it is nothing to speak of. */
function difference(page, before, now) {
  return page.evaluate(compare, ...[before, now].map((bytes) => Buffer.from(bytes).toString('base64')), TOLERANCE);
}

/** Runs in the browser. */
async function compare(before, now, { colour, blocks }) {
  const pictures = await Promise.all([before, now].map(async (text) => {
    const picture = new Image();
    picture.src = `data:image/webp;base64,${text}`;
    await picture.decode();
    return picture;
  }));
  const [one, other] = pictures.map(({ width, height }) => `${width} × ${height}`);
  if (one !== other) return `${other} instead of ${one}`;
  const [columns, rows] = [pictures[0].width, pictures[0].height].map((length) => Math.round(length / 10));
  const [old, fresh] = pictures.map((picture) => {
    const canvas = new OffscreenCanvas(columns, rows).getContext('2d');
    canvas.imageSmoothingQuality = 'high';
    canvas.drawImage(picture, 0, 0, columns, rows);
    return canvas.getImageData(0, 0, columns, rows).data;
  });
  let changed = 0;
  for (let at = 0; at < old.length; at += 4) {
    const most = Math.max(...[0, 1, 2].map((channel) => Math.abs(old[at + channel] - fresh[at + channel])));
    if (most > colour) changed += 1;
  }
  const share = changed / (columns * rows);
  return share > blocks ? `${(share * 100).toFixed(1)} % of it have changed` : '';
}
