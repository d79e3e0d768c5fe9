/* What all pages of two tables have in common: choosing rows, keys, splitter, and the end of a
   session that nobody uses. The upper table (data-select) says which row the lower part is about. */
'use strict';
(function () {
  const $ = (s, root) => (root || document).querySelector(s);
  const work = $('#work');
  let choosing;

  /* ---- after every partial update the tables are dressed again ---- */
  const handle = PrimeFaces.ajax.Response.handle;
  PrimeFaces.ajax.Response.handle = function () {
    KvantGrid.keepAll();
    const result = handle.apply(this, arguments);
    dress();
    return result;
  };
  $('#f').addEventListener('submit', e => e.preventDefault());

  function dress() {
    KvantGrid.dressAll();
    document.dispatchEvent(new CustomEvent('kvant:dressed'));
  }

  /* ---- choosing a row ---- */
  function choose(box, row) {
    const id = KvantGrid.key(row);
    if (!id || row.classList.contains('sl')) return;
    row.parentNode.querySelectorAll('tr.sl').forEach(r => r.classList.remove('sl'));
    row.classList.add('sl');
    clearTimeout(choosing);
    choosing = setTimeout(() => {
      document.querySelectorAll('#lower [data-grid]').forEach(lower => KvantGrid.forget(lower.dataset.grid));
      window[box.dataset.select]([{name: 'id', value: id}]);
    }, 120);
  }

  document.addEventListener('click', e => {
    const row = e.target.closest('[data-grid] tbody tr:not(.fill)');
    if (row) {
      const box = row.closest('[data-grid]');
      const cell = e.target.closest('td');
      if (cell && String(getSelection()) === '') {
        KvantGrid.focusAt(box, Number(row.getAttribute('aria-rowindex')) - 1, cell.cellIndex, true);
      }
      if (box.dataset.select && !e.target.closest('td.ck')) choose(box, row);
    }
  });

  /* the keyboard went to a row that had to be fetched first */
  document.addEventListener('kvant:arrived', e => { if (e.target.dataset.select) choose(e.target, e.detail); });

  /* copying an identifier gives plain digits */
  document.addEventListener('copy', e => {
    const text = String(getSelection());
    const plain = text.replace(/(\d)\u202f(?=\d)/g, '$1').replace(/\u2212/g, '-');
    if (plain !== text) { e.clipboardData.setData('text/plain', plain); e.preventDefault(); }
  });

  /* ---- keys ---- */
  function regions() {
    return [$('.menu [role=menuitem]'), $('.tool .opener, .tool a.seg'), $('[data-select]'), $('.split'), $('#lower .tab.on'), $('#lower .sheets'), $('#lower [data-grid]'), $('#lanes'), $('.drawer[data-opened=true] input, .drawer[data-opened=true] button')].filter(r => r && r.offsetParent);
  }

  function enter(region) {
    if (!region) return;
    if (region.dataset && region.dataset.grid) KvantGrid.focusCurrent(region); else region.focus();
  }

  document.addEventListener('keydown', e => {
    if (e.defaultPrevented) return;
    if (e.code === 'F6') {
      const all = regions();
      const here = all.findIndex(r => (r.closest('.menu, .tool, .tabs, .drawer') || r).contains(document.activeElement));
      enter(all[(here + (e.shiftKey ? -1 : 1) + all.length) % all.length]);
      e.preventDefault();
      return;
    }
    if (e.code === 'F10') { $('.menu [role=menuitem]').focus(); e.preventDefault(); return; }
    const box = e.target.closest && e.target.closest('[data-grid]');
    if (box) {
      const upper = Boolean(box.dataset.select);
      if (e.code === 'Enter' && upper) { enter($('#lower [data-grid]')); e.preventDefault(); return; }
      if (e.code === 'Enter') { const row = e.target.closest('tr'); const how = row && $('a.how', row); if (how) { how.click(); e.preventDefault(); } return; }
      if (e.code === 'Escape' && !upper) { enter($('[data-select]')); e.preventDefault(); return; }
      const cell = KvantGrid.move(box, e);
      if (cell && upper) choose(box, cell.parentNode);
      return;
    }
    if (e.target.closest('.split') && (e.code === 'ArrowUp' || e.code === 'ArrowDown')) {
      split(Number($('.split').getAttribute('aria-valuenow')) + (e.code === 'ArrowUp' ? -5 : 5));
      e.preventDefault();
    }
  });

  /* ---- splitter ---- */
  function split(percent) {
    const p = Math.max(20, Math.min(80, Math.round(percent)));
    work.style.setProperty('--upper', p + 'fr');
    work.style.setProperty('--lower', 100 - p + 'fr');
    $('.split').setAttribute('aria-valuenow', p);
    localStorage.setItem('kvant.split', p);
  }
  const bar = $('.split');
  if (bar) {
    bar.addEventListener('pointerdown', e => {
      bar.setPointerCapture(e.pointerId);
      const drag = m => { const r = work.getBoundingClientRect(); split((m.clientY - r.top) / r.height * 100); };
      bar.addEventListener('pointermove', drag);
      bar.addEventListener('pointerup', () => bar.removeEventListener('pointermove', drag), {once: true});
    });
    if (localStorage.getItem('kvant.split')) split(Number(localStorage.getItem('kvant.split')));
  }

  /* ---- what is seen is old: the server does not answer ---- */
  function stale(since) {
    document.body.classList.add('stale');
    document.dispatchEvent(new CustomEvent('kvant:stale'));
    const b = $('.lost b');
    b.textContent = b.dataset.text.replace('{0}', since.toLocaleTimeString('ru-RU', {hour: 'numeric', minute: '2-digit', second: '2-digit'}));
  }

  /* ---- a page that nobody touches does not keep its person signed in by refreshing itself ---- */
  const IDLE_MS = 30 * 60 * 1000;
  let touched = Date.now();
  ['pointerdown', 'pointermove', 'keydown', 'wheel'].forEach(t => addEventListener(t, () => { touched = Date.now(); }, {passive: true}));
  setInterval(() => { if (Date.now() - touched > IDLE_MS) $('#sign-out').click(); }, 15000);
  /* nor does it keep «Технологический режим» open */
  jQuery.ajaxPrefilter((options, original, request) => { if (Date.now() - touched > 60000) request.setRequestHeader('X-Kvant-Idle', 'true'); });

  window.KvantShell = {
    idle: () => Date.now() - touched > 60000,
    stale: stale,
    fresh: () => { document.body.classList.remove('stale'); document.dispatchEvent(new CustomEvent('kvant:stale')); }
  };
  /* after the page's own script */
  addEventListener('DOMContentLoaded', dress);
})();
