// What needs a script: the choice between light and dark, and notes in the margin where a style sheet takes them there.
// It stands in the head, so that the first thing one sees has the right colours.
(() => {
  const { documentElement: root } = document;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const all = (selector) => document.querySelectorAll(selector);
  let chosen = '';
  try { chosen = localStorage.scheme || ''; } catch { /* no storage, no memory */ }

  const isDark = () => (chosen ? chosen === 'dark' : system.matches);
  const show = () => {
    root.dataset.scheme = chosen || 'auto';
    for (const button of all('.switch')) button.setAttribute('aria-pressed', isDark());
  };
  const choose = () => {
    chosen = isDark() ? 'light' : 'dark';
    if ((chosen === 'dark') === system.matches) chosen = '';
    try { localStorage.scheme = chosen; } catch { /* it holds for this page */ }
    show();
  };

  // Each note stands beside its reference, or below the note before it.
  const place = () => {
    const prose = document.querySelector('.prose');
    let free = 0;
    for (const note of all('.footnotes li')) {
      note.style.top = '';
      const reference = document.getElementById(note.id.replace('fn:', 'fnref:'));
      if (!reference || getComputedStyle(note).position !== 'absolute') continue;
      const top = Math.max(free, reference.getBoundingClientRect().top - prose.getBoundingClientRect().top);
      note.style.top = `${top}px`;
      free = top + note.offsetHeight + 12;
    }
  };

  show();
  system.addEventListener('change', show);
  addEventListener('storage', (event) => { if (event.key === 'scheme') { chosen = event.newValue || ''; show(); } });
  addEventListener('click', (event) => { if (event.target.closest?.('.switch')) choose(); });
  addEventListener('DOMContentLoaded', () => {
    show();
    const prose = document.querySelector('.prose:has(.footnotes)');
    if (prose) { place(); new ResizeObserver(place).observe(prose); }
  });
})();
