// Keeps an open page fresh. The server says what is new; this swaps what differs, and touches nothing else of the page.
(() => {
  'use strict';
  const OVERLAY = 'masthead-problems';
  const GOING = 'data-masthead-going';
  const MOST_COMPARED = 4e6;
  /** The versions of files that have changed since the page was opened, by their paths. */
  const versions = new Map();
  /** The version of all others: not empty if it is not known which have changed. */
  let others = '';
  /** The paths of changed files that were found in the page. */
  const found = new Set();
  const me = document.currentScript;
  let print = me.dataset.page;
  /** What the server's copied files were when this page last heard of them. */
  let stock = '';
  let events = null;
  let retry = 0;
  let busy = Promise.resolve();
  /** The page as the server last sent it: what scripts have changed since is told apart from what the writer has. */
  let base = print ? fetchPage() : Promise.resolve(null);

  async function fetchPage() {
    const response = await fetch(location.href, { cache: 'no-store', headers: { accept: 'text/html' } });
    const text = await response.text();
    const tag = (response.headers.get('etag') ?? '').replaceAll('"', '');
    return { print: tag, page: new DOMParser().parseFromString(text, 'text/html') };
  }

  function connect() {
    disconnect();
    if (document.hidden) return;
    const query = new URLSearchParams({ page: location.pathname, print, stock });
    events = new EventSource(`/.masthead/events?${query.toString().replaceAll('+', '%20')}`);
    const hear = (name, act) => events.addEventListener(name, (event) => {
      busy = busy.then(() => act(event.data)).catch(() => location.reload());
    });
    hear('page', renew);
    hear('files', (list) => refresh(JSON.parse(list)));
    hear('stock', (now) => { stock = now; });
    hear('problems', show);
    events.onerror = () => { disconnect(); retry = setTimeout(connect, 500); };
  }

  function disconnect() {
    clearTimeout(retry);
    events?.close();
    events = null;
  }

  async function renew() {
    const before = await base.catch(() => null);
    const next = await fetchPage();
    // What the page was when it was opened is not known, or its scripts have changed: begin anew.
    if (!before || (before.print !== print) || programs(before.page) !== programs(next.page)) return location.reload();
    print = next.print;
    base = Promise.resolve(next);
    patchAttributes(document.documentElement, before.page.documentElement, next.page.documentElement);
    patch(document.head, before.page.head, next.page.head);
    patch(document.body, before.page.body, next.page.body);
    freshenElements();
  }

  /** What a page runs, apart from this. */
  function programs(page) {
    const runs = (script) => /^$|javascript|module|importmap/.test(script.type) && script.getAttribute('src') !== me.getAttribute('src');
    return [...page.scripts].filter(runs).map((script) => script.outerHTML).join('\n');
  }

  /** Does to `live` what was done to `before` to make `next` of it. Returns what stands there now. */
  function patch(live, before, next) {
    if (before.isEqualNode(next)) return live;
    const made = () => document.importNode(next, true);
    if (live.nodeType !== next.nodeType || live.nodeName !== next.nodeName) return replace(live, made());
    if (live.nodeType !== Node.ELEMENT_NODE) { live.nodeValue = next.nodeValue; return live; }
    if (isSheet(live) && next.getAttribute('href') !== before.getAttribute('href')) return exchange(live, made());
    patchAttributes(live, before, next);
    patchChildren(live, before, next);
    return live;
  }

  function patchChildren(live, before, next) {
    const [lives, befores, nexts] = [live, before, next].map((node) => [...node.childNodes].filter((child) => !isOurs(child)));
    const sent = counterparts(lives, befores);
    const common = kept(befores, nexts);
    const stays = new Set(common.map(([old]) => old));
    // Something that was sent and has to change is no longer there: a script has made something else of it.
    if (befores.some((_, place) => !sent[place] && !stays.has(place))) return live.replaceChildren(...nexts.map((child) => document.importNode(child, true)));
    let [from, into] = [0, 0];
    let last = null;
    const put = (node) => live.insertBefore(node, last ? last.nextSibling : sent.find(Boolean) ?? null);
    for (const [old, fresh] of [...common, [befores.length, nexts.length]]) {
      // Between what is the same, one node after the other takes the place of an old one.
      for (; from < old || into < fresh; from += 1, into += 1) {
        if (into >= fresh) sent[from].remove();
        else if (from >= old) last = put(document.importNode(nexts[into], true));
        else last = patch(sent[from], befores[from], nexts[into]);
      }
      last = sent[old] ?? last;
      [from, into] = [old + 1, fresh + 1];
    }
  }

  /**
   * For each node that was sent, the one that it is in the page, if it is still there. Those that a script or an extension of
   * the browser has added are nobody's.
   */
  function counterparts(lives, befores) {
    if (lives.length === befores.length && lives.every((child, place) => child.nodeName === befores[place].nodeName)) return lives;
    const looks = (node) => ({ name: node.nodeName, id: node.id ?? '', attributes: [...node.attributes ?? []].map(({ name, value }) => `${name}=${value}`).join(' '), text: node.textContent });
    const likeness = (live, before) => {
      if (live.name !== before.name || (before.id && live.id !== before.id)) return 0;
      return 1 + (live.attributes === before.attributes ? 2 : 0) + (live.text === before.text ? 2 : 0);
    };
    const isSame = (live, before) => live?.name === before?.name && likeness(live, before) === 5;
    const [nows, olds] = [lives.map(looks), befores.map(looks)];
    const shorter = Math.min(nows.length, olds.length);
    let start = 0;
    while (start < shorter && isSame(nows[start], olds[start])) start += 1;
    let end = 0;
    while (end < shorter - start && isSame(nows.at(-1 - end), olds.at(-1 - end))) end += 1;
    const sent = befores.map((_, place) => (place < start ? lives[place] : undefined));
    for (let place = 1; place <= end; place += 1) sent[befores.length - place] = lives[lives.length - place];
    const pairs = aligned(nows.slice(start, nows.length - end), olds.slice(start, olds.length - end), likeness);
    for (const [now, old] of pairs) sent[start + old] = lives[start + now];
    return sent;
  }

  /** The pairs of places, in order, that are most alike together; none if there is too much to compare. */
  function aligned(ones, others, likeness) {
    if (ones.length * others.length > MOST_COMPARED) return [];
    // How alike the rests from these places on are.
    const best = Array.from({ length: ones.length + 1 }, () => new Uint16Array(others.length + 1));
    const paired = (one, other) => {
      const points = likeness(ones[one], others[other]);
      return points && points + best[one + 1][other + 1];
    };
    for (let one = ones.length - 1; one >= 0; one -= 1) {
      for (let other = others.length - 1; other >= 0; other -= 1) {
        best[one][other] = Math.max(best[one + 1][other], best[one][other + 1], paired(one, other));
      }
    }
    const pairs = [];
    for (let [one, other] = [0, 0]; one < ones.length && other < others.length;) {
      const points = paired(one, other);
      if (points && points === best[one][other]) pairs.push([one++, other++]);
      else if (best[one + 1][other] >= best[one][other + 1]) one += 1;
      else other += 1;
    }
    return pairs;
  }

  /** The places of the nodes that both lists have, in order: the longest common subsequence. */
  function kept(befores, nexts) {
    const shorter = Math.min(befores.length, nexts.length);
    let start = 0;
    while (start < shorter && befores[start].isEqualNode(nexts[start])) start += 1;
    let end = 0;
    while (end < shorter - start && befores.at(-1 - end).isEqualNode(nexts.at(-1 - end))) end += 1;
    const [olds, news] = [befores, nexts].map((nodes) => nodes.slice(start, nodes.length - end).map((node) => node.outerHTML ?? `${node.nodeType} ${node.nodeValue}`));
    const pairs = Array.from({ length: start }, (_, place) => [place, place]);
    const middle = aligned(olds, news, (old, fresh) => Number(old === fresh));
    pairs.push(...middle.map(([old, fresh]) => [start + old, start + fresh]));
    for (let place = end; place > 0; place -= 1) pairs.push([befores.length - place, nexts.length - place]);
    return pairs;
  }

  function patchAttributes(live, before, next) {
    for (const name of new Set([...before.getAttributeNames(), ...next.getAttributeNames()])) {
      const value = next.getAttribute(name);
      if (before.getAttribute(name) === value) continue;
      if (value === null) live.removeAttribute(name);
      else live.setAttribute(name, value);
    }
  }

  const isOurs = (node) => node.nodeType === Node.ELEMENT_NODE && (node.localName === OVERLAY || node.hasAttribute(GOING));
  const isSheet = (node) => node.localName === 'link' && node.relList.contains('stylesheet');

  function replace(old, fresh) {
    old.replaceWith(fresh);
    return fresh;
  }

  /** The old style sheet stays until the new one is there, so that the page is never seen without. */
  function exchange(old, sheet) {
    old.setAttribute(GOING, '');
    const done = () => {
      if (sheet.sheet) freshenSheet(sheet.sheet);
      old.remove();
    };
    sheet.addEventListener('load', done);
    sheet.addEventListener('error', done);
    old.after(sheet);
    return sheet;
  }

  /** Fetches changed files again; `null` stands for any, apart from scripts. */
  function refresh(changed) {
    const now = Date.now().toString(36);
    const paths = new Set(changed?.map(plain));
    const isChanged = ({ src }) => src && new URL(src).origin === location.origin && paths.has(plain(new URL(src).pathname));
    if ([...document.scripts].some(isChanged)) return location.reload();
    if (!changed) {
      others = now;
      versions.clear();
    }
    paths.forEach((path) => versions.set(path, now));
    found.clear();
    freshenElements();
    [...document.styleSheets].forEach(freshenSheet);
    const sheets = [...document.querySelectorAll('link[rel~="stylesheet"]')].filter((link) => !isOurs(link));
    const named = sheets.filter((link) => fresh(link.getAttribute('href')) !== link.getAttribute('href'));
    // What nothing names may be a style sheet or font that a style sheet does.
    const own = sheets.filter((link) => new URL(link.href).origin === location.origin);
    for (const link of [...paths].every((path) => found.has(path)) ? named : own) {
      versions.set(plain(new URL(link.href).pathname), now);
      const sheet = link.cloneNode();
      sheet.setAttribute('href', fresh(link.getAttribute('href')));
      exchange(link, sheet);
    }
  }

  const plain = (path) => { try { return decodeURIComponent(path); } catch { return path; } };

  /**
   * The address of a file as it is now. A browser does not ask again for a picture that the page has had once, so a file that
   * has changed gets another address.
   */
  function fresh(address, from = location.href) {
    const url = address && URL.canParse(address, from) ? new URL(address, from) : null;
    if (url?.origin !== location.origin) return address;
    const version = versions.get(plain(url.pathname)) ?? others;
    if (version) found.add(plain(url.pathname));
    if (!version || url.searchParams.get('masthead') === version) return address;
    url.searchParams.set('masthead', version);
    return url.pathname + url.search + url.hash;
  }

  /** Lets the elements of the page name changed files anew. */
  function freshenElements() {
    if (!others && !versions.size) return;
    const one = (address) => fresh(address);
    // An address and what is said of its size, and again after a comma.
    const list = (text) => text.replace(/([\s,]*)(\S*[^\s,])(,+(?=\s|$)|[^,]*)/g, (_, gap, address, size) => gap + fresh(address) + size);
    const kinds = [
      [':not(script)', 'src', one], ['', 'poster', one], ['object', 'data', one], ['image', 'href', one],
      ['link[rel~="icon"]', 'href', one], ['', 'srcset', list], ['link', 'imagesrcset', list], ['', 'style', (text) => freshStyle(text)],
    ];
    for (const [which, name, renewed] of kinds) {
      for (const element of document.querySelectorAll(`${which}[${name}]`)) {
        const text = element.getAttribute(name);
        const now = renewed(text);
        if (now === text) continue;
        element.setAttribute(name, now);
        // A recording whose files are named below it looks at them once.
        if (element.localName === 'source') element.parentElement?.load?.();
      }
    }
  }

  /** Lets a style sheet, and those that it imports, name changed pictures anew. */
  function freshenSheet(sheet) {
    const from = sheet.href ?? location.href;
    const freshen = (rule) => {
      if (rule.styleSheet) return freshenSheet(rule.styleSheet);
      [...rule.cssRules ?? []].forEach(freshen);
      // A changed font comes with a new style sheet.
      if (!rule.style?.cssText.includes('url(') || rule instanceof CSSFontFaceRule) return;
      const now = freshStyle(rule.style.cssText, from);
      if (now !== rule.style.cssText) rule.style.cssText = now;
    };
    try {
      [...sheet.cssRules].forEach(freshen);
    } catch {
      // It comes from another site, and nobody may look into it.
    }
  }

  const freshStyle = (text, from) => text.replace(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^"'()\s]*))\s*\)/gi, (whole, ...named) => {
    const address = named.slice(0, 3).find((name) => name !== undefined);
    const now = fresh(address, from);
    return now === address ? whole : `url("${now}")`;
  });

  const STYLE = `
    :host { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto; display: block;
      font: 14px/1.5 system-ui, sans-serif; color: #f4f1ec; background: #23201c; border-top: 4px solid #d5493a;
      box-shadow: 0 -4px 24px rgb(0 0 0 / .4); text-align: start; overflow-wrap: anywhere; }
    div { padding: .75rem 1.25rem; } div + div { border-top: 1px solid #4a453e; }
    b { display: block; font-weight: 600; } small { color: #c9c1b4; font-size: inherit; }
    pre { margin: .4rem 0; font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; }
    pre i { font-style: normal; color: #a79e90; } mark { color: #fff; background: #a5281b; }
    button { position: sticky; top: .75rem; float: inline-end; margin: .75rem; font: inherit; color: inherit; background: #23201c; border: 1px solid #8d8477;
      border-radius: 4px; padding: .1rem .6rem; cursor: pointer; }`;

  /** What the server last said of problems, and those that the reader has hidden, without their places. */
  let said = '';
  let hidden = '';

  /** Shows what stands in the way of publishing, over the page; or takes it away. */
  function show(list) {
    if (list === said) return;
    said = list;
    document.querySelectorAll(OVERLAY).forEach((overlay) => overlay.remove());
    const { problems, more } = JSON.parse(list);
    // What is hidden stays so while the text around it is written.
    const what = JSON.stringify([problems.map(({ message, rule, file, hint }) => [message, rule, file, hint]), more]);
    if (what === hidden) return;
    hidden = '';
    if (!problems.length) return;
    const overlay = document.createElement(OVERLAY);
    overlay.setAttribute('role', 'alert');
    const root = overlay.attachShadow({ mode: 'open' });
    const style = element('style', STYLE);
    const hide = element('button', 'Hide');
    hide.addEventListener('click', () => {
      hidden = what;
      overlay.remove();
    });
    root.append(style, hide, ...problems.map(told));
    if (more) root.append(element('div', `and ${more} more, which the terminal shows`));
    document.documentElement.append(overlay);
  }

  function told({ message, rule, hint, file, line, column, width, lines, before }) {
    const box = document.createElement('div');
    box.append(element('b', message));
    const place = [file, line, column].filter((part) => part !== null).join(':');
    box.append(element('small', [place, rule].filter(Boolean).join(' · ')));
    if (lines.length) {
      const code = document.createElement('pre');
      for (const [number, text] of lines) {
        code.append(element('i', `${String(number).padStart(5)} │ `));
        const characters = [...text];
        const [from, to] = number === line ? [before, before + width] : [characters.length, characters.length];
        code.append(characters.slice(0, from).join(''));
        if (number === line) code.append(element('mark', characters.slice(from, to).join('') || ' '));
        code.append(characters.slice(to).join(''), '\n');
      }
      box.append(code);
    }
    if (hint) box.append(element('small', `hint: ${hint}`));
    return box;
  }

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  // A hidden page needs no news, and a browser has only a few connections to one server.
  document.addEventListener('visibilitychange', connect);
  addEventListener('pageshow', (event) => { if (event.persisted) connect(); });
  addEventListener('pagehide', disconnect);
  connect();
})();
