/* The page of frames that were set aside: ticks, trying again, and looking again when it is a row's turn. */
'use strict';
(function () {
  const $ = (s, root) => (root || document).querySelector(s);
  const box = () => $('[data-grid="frames"]');
  /* ids that are ticked; when everything is, those that are not */
  let ids = new Set();
  let all = false;
  let anchor, timer, heard = new Date();

  /* ---- ticks ---- */
  const marks = () => [...box().querySelectorAll('[data-tick]')];
  const idOf = mark => KvantGrid.key(mark.closest('tr'));
  const ticked = id => all !== ids.has(id);
  const waiting = () => Number($('#frames-window').dataset.waiting);
  const count = () => all ? Math.max(0, waiting() - ids.size) : ids.size;

  function set(id, on) {
    if (all === on) ids.delete(id); else ids.add(id);
  }

  function none() {
    ids = new Set();
    all = false;
    anchor = null;
    paint();
  }

  function paint() {
    const open = new Set(marks().map(idOf));
    /* what was stored meanwhile is not ticked any more; of rows that are not here nothing is known */
    const here = new Set([...box().querySelectorAll('[data-id]')].map(e => e.dataset.id));
    const whole = here.size === Number($('#frames-window').dataset.total);
    ids.forEach(id => { if (whole ? !open.has(id) : here.has(id) && !open.has(id)) ids.delete(id); });
    if (all && count() === 0) { all = false; ids = new Set(); }
    marks().forEach(mark => {
      const on = ticked(idOf(mark));
      mark.classList.toggle('on', on);
      mark.setAttribute('aria-checked', String(on));
      mark.closest('tr').classList.toggle('tk', on);
    });
    const some = count();
    const head = $('#tick-all');
    const every = all && ids.size === 0;
    head.classList.toggle('on', every);
    head.classList.toggle('ind', some > 0 && !every);
    head.setAttribute('aria-checked', every ? 'true' : some > 0 ? 'mixed' : 'false');
    const label = $('#ticked');
    label.textContent = some ? label.dataset.text + ' ' + some : '';
    $('#untick').hidden = !some;
    $('#try-again').disabled = !some;
  }

  function tick(row, range) {
    const mark = row.querySelector('[data-tick]');
    if (!mark) return;
    const id = idOf(mark);
    const on = !ticked(id);
    const shown = marks();
    const from = shown.findIndex(m => idOf(m) === anchor);
    if (range && from >= 0) {
      const to = shown.indexOf(mark);
      shown.slice(Math.min(from, to), Math.max(from, to) + 1).forEach(m => set(idOf(m), true));
    } else {
      set(id, on);
    }
    anchor = id;
    paint();
  }

  function tickAll() {
    const every = all && ids.size === 0;
    ids = new Set();
    all = !every && waiting() > 0;
    paint();
  }

  document.addEventListener('click', e => {
    if (e.target.closest('#tick-all')) tickAll();
    else if (e.target.closest('#untick')) { none(); e.preventDefault(); }
    else if (e.target.closest('#try-again')) retry();
    else if (e.target.closest('[data-reconnect]')) look();
    else {
      const cell = e.target.closest('[data-grid="frames"] tbody td.ck');
      if (cell) tick(cell.parentNode, e.shiftKey);
    }
  });

  document.addEventListener('keydown', e => {
    if (e.code === 'Space' && e.target.closest('#tick-all')) { tickAll(); e.preventDefault(); return; }
    if (!e.target.closest('[data-grid="frames"]')) return;
    const row = e.target.closest('tbody tr');
    if (e.code === 'Space' && row) { tick(row, e.shiftKey); e.preventDefault(); }
    else if (e.code === 'KeyA' && (e.ctrlKey || e.metaKey)) { all = waiting() > 0; ids = new Set(); paint(); e.preventDefault(); }
    else if (e.code === 'Enter' && (e.ctrlKey || e.metaKey)) { retry(); e.preventDefault(); e.stopPropagation(); }
  }, true);

  function retry() {
    if (!count()) return;
    kvantRetryFrames([{name: 'ids', value: [...ids].join(',')}, {name: 'all', value: String(all)}]);
    none();
  }

  /* ---- looking again ---- */
  function later() {
    clearTimeout(timer);
    timer = setTimeout(look, Number($('#frames-window').dataset.again));
  }

  function look() {
    if (document.hidden || $('.pop.open')) { later(); return; }
    kvantRefreshFrames();
  }

  window.kvantRefreshed = status => {
    if (status === 'success') { heard = new Date(); KvantShell.fresh(); } else KvantShell.stale(heard);
    later();
  };

  document.addEventListener('kvant:dressed', () => { paint(); later(); });
})();
