// What a page says of itself: language, title, description, canonical address, headings, structured data.

export const title = 'headings and metadata';

export const look = async ({ pages }) => pages;

export const judge = (pages) => pages.flatMap((page) => faultsOf(page).filter(([kind]) => kind)
  .map(([kind, detail]) => ({ kind, page: page.file, detail })));

/** Pairs of kind and detail, without a kind where all is well. */
function faultsOf({ lang, title: name, descriptions, canonicals, headings, jsonLd, redirect }) {
  const jump = headings.findIndex((level, place) => place > 0 && level > headings[place - 1] + 1);
  const faults = [
    [!lang && 'no `lang`', ''],
    [!name && 'no title', ''],
    [(canonicals.length !== 1 || !URL.canParse(canonicals[0])) && 'not one absolute canonical address', canonicals.join(' ')],
    ...jsonLd.map((text) => [faultOfJsonLd(text), text.slice(0, 120)]),
  ];
  // Whoever follows a redirect sees nothing of it.
  return redirect ? faults : [
    ...faults,
    [(descriptions.length !== 1 || !descriptions[0].trim()) && 'not one description', descriptions.join(' | ')],
    [headings.filter((level) => level === 1).length !== 1 && 'not one `h1`', headings.join(' ')],
    [jump > 0 && 'heading level skipped', headings.slice(0, jump + 1).join(' ')],
  ];
}

function faultOfJsonLd(text) {
  try {
    return !JSON.parse(text)['@context'] && 'JSON-LD without `@context`';
  } catch (error) {
    return `unreadable JSON-LD: ${error.message}`;
  }
}
