// Keeps an open page fresh. The server says what is new; this swaps what differs, and touches nothing else of the page.
(() => {
  'use strict';
  const OVERLAY = 'masthead-problems';
  const GOING = 'data-masthead-going';
  const MOST_COMPARED = 4e6;
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
    hear('problems', (list) => show(JSON.parse(list)));
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
  }

  /** What a page runs, apart from this. */
  function programs(page) {
    const runs = (script) => /^$|javascript|module|importmap/.test(script.type) && script.getAttribute('src') !== me.getAttribute('src');
    return [...page.scripts].filter(runs).map((script) => script.outerHTML).join('\n');
  }

  /** Does to `live` what was done to `before` to make `next` of it. */
  function patch(live, before, next) {
    if (before.isEqualNode(next)) return;
    if (live.nodeType !== next.nodeType || live.nodeName !== next.nodeName) return live.replaceWith(document.importNode(next, true));
    if (live.nodeType !== Node.ELEMENT_NODE) { live.nodeValue = next.nodeValue; return; }
    if (isSheet(live) && next.getAttribute('href') !== before.getAttribute('href')) return exchange(live, document.importNode(next, true));
    patchAttributes(live, before, next);
    const [lives, befores, nexts] = [live, before, next].map((node) => [...node.childNodes].filter((child) => !isOurs(child)));
    const isAsSent = lives.length === befores.length && lives.every((child, place) => child.nodeName === befores[place].nodeName);
    if (!isAsSent) return live.replaceChildren(...nexts.map((child) => document.importNode(child, true)));
    let [from, into] = [0, 0];
    for (const [old, fresh] of [...kept(befores, nexts), [befores.length, nexts.length]]) {
      // Between what is the same, one node after the other takes the place of an old one.
      const after = lives[old] ?? null;
      for (; from < old || into < fresh; from += 1, into += 1) {
        if (into >= fresh) lives[from].remove();
        else if (from >= old) live.insertBefore(document.importNode(nexts[into], true), after);
        else patch(lives[from], befores[from], nexts[into]);
      }
      [from, into] = [old + 1, fresh + 1];
    }
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
    if (olds.length * news.length <= MOST_COMPARED) {
      // How much the rests from these places on have in common.
      const common = Array.from({ length: olds.length + 1 }, () => new Uint16Array(news.length + 1));
      for (let old = olds.length - 1; old >= 0; old -= 1) {
        for (let fresh = news.length - 1; fresh >= 0; fresh -= 1) {
          common[old][fresh] = olds[old] === news[fresh] ? common[old + 1][fresh + 1] + 1 : Math.max(common[old + 1][fresh], common[old][fresh + 1]);
        }
      }
      for (let [old, fresh] = [0, 0]; old < olds.length && fresh < news.length;) {
        if (olds[old] === news[fresh]) pairs.push([start + old++, start + fresh++]);
        else if (common[old + 1][fresh] >= common[old][fresh + 1]) old += 1;
        else fresh += 1;
      }
    }
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

  /** The old style sheet stays until the new one is there, so that the page is never seen without. */
  function exchange(old, sheet) {
    old.setAttribute(GOING, '');
    const done = () => old.remove();
    sheet.addEventListener('load', done);
    sheet.addEventListener('error', done);
    old.after(sheet);
  }

  /** Fetches changed files again; `null` stands for any, apart from scripts. */
  function refresh(changed) {
    const isOwn = ({ origin, pathname }) => origin === location.origin && (changed?.includes(pathname) ?? true);
    const has = (address) => address && isOwn(new URL(address, location.href));
    if (changed && [...document.scripts].some((script) => has(script.getAttribute('src')))) return location.reload();
    const again = (address) => {
      const url = new URL(address, location.href);
      url.searchParams.set('masthead', Date.now().toString(36));
      return url.pathname + url.search + url.hash;
    };
    let isFound = false;
    for (const element of document.querySelectorAll(':is([src], [poster]):not(script)')) {
      for (const name of ['src', 'poster']) {
        if (!has(element.getAttribute(name))) continue;
        element.setAttribute(name, again(element.getAttribute(name)));
        isFound = true;
      }
    }
    const sheets = [...document.querySelectorAll('link[rel~="stylesheet"]')].filter((link) => !isOurs(link));
    const named = sheets.filter((link) => has(link.getAttribute('href')));
    // A style sheet or picture that no element names may be one that a style sheet does.
    const own = sheets.filter((link) => new URL(link.href).origin === location.origin);
    for (const link of named.length || isFound ? named : own) {
      const sheet = link.cloneNode();
      sheet.setAttribute('href', again(link.getAttribute('href')));
      exchange(link, sheet);
    }
  }

  const STYLE = `
    :host { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto; display: block;
      font: 14px/1.5 system-ui, sans-serif; color: #f4f1ec; background: #23201c; border-top: 4px solid #d5493a;
      box-shadow: 0 -4px 24px rgb(0 0 0 / .4); text-align: start; }
    div { padding: .75rem 1.25rem; } div + div { border-top: 1px solid #4a453e; }
    b { display: block; font-weight: 600; } small { color: #c9c1b4; font-size: inherit; }
    pre { margin: .4rem 0; font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
    pre i { font-style: normal; color: #a79e90; } mark { color: #fff; background: #a5281b; }
    button { float: inline-end; margin: .75rem; font: inherit; color: inherit; background: none; border: 1px solid #8d8477;
      border-radius: 4px; padding: .1rem .6rem; cursor: pointer; }`;

  /** Shows what stands in the way of publishing, over the page; or takes it away. */
  function show({ problems, more }) {
    document.querySelectorAll(OVERLAY).forEach((overlay) => overlay.remove());
    if (!problems.length) return;
    const overlay = document.createElement(OVERLAY);
    overlay.setAttribute('role', 'alert');
    const root = overlay.attachShadow({ mode: 'open' });
    const style = element('style', STYLE);
    const hide = element('button', 'Hide');
    hide.addEventListener('click', () => overlay.remove());
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
