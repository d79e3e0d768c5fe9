/* The monitoring page: choosing rows, menus, splitter, keys, and the nudges of the server. */
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
    KvantGrid.dressAll();
    return result;
  };
  $('#f').addEventListener('submit', e => e.preventDefault());

  /* ---- choosing a row ---- */
  function choose(row) {
    const id = KvantGrid.key(row);
    if (!id || row.classList.contains('sl')) return;
    row.parentNode.querySelectorAll('tr.sl').forEach(r => r.classList.remove('sl'));
    row.classList.add('sl');
    clearTimeout(choosing);
    choosing = setTimeout(() => {
      KvantGrid.forget('records');
      KvantGrid.forget('sessions');
      kvantSelect([{name: 'id', value: id}]);
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
      if (box.dataset.grid === 'modules') choose(row);
    }
    menus(e);
  });

  /* the keyboard went to a row that had to be fetched first */
  document.addEventListener('kvant:arrived', e => { if (e.target.dataset.grid === 'modules') choose(e.detail); });

  /* copying an identifier gives plain digits */
  document.addEventListener('copy', e => {
    const text = String(getSelection());
    const plain = text.replace(/(\d)\u202f(?=\d)/g, '$1').replace(/\u2212/g, '-');
    if (plain !== text) { e.clipboardData.setData('text/plain', plain); e.preventDefault(); }
  });

  /* ---- menus ---- */
  function menus(e) {
    const opener = e.target.closest('.opener');
    document.querySelectorAll('.pop.open').forEach(p => { if (!opener || !p.contains(opener)) toggle(p, false); });
    if (opener) toggle(opener.parentNode, !opener.parentNode.classList.contains('open'), e.detail === 0);
  }

  function toggle(pop, open, keyboard) {
    pop.classList.toggle('open', open);
    $('.opener', pop).setAttribute('aria-expanded', String(open));
    if (open && keyboard) { const first = $('.sheet a', pop); if (first) first.focus(); }
  }

  function menuKeys(e) {
    const pop = e.target.closest('.pop.open');
    if (!pop) return false;
    const items = [...pop.querySelectorAll('.sheet a')];
    const at = items.indexOf(document.activeElement);
    if (e.code === 'Escape') { toggle(pop, false); $('.opener', pop).focus(); }
    else if (e.code === 'ArrowDown') items[(at + 1) % items.length].focus();
    else if (e.code === 'ArrowUp') items[(at - 1 + items.length) % items.length].focus();
    else return false;
    e.preventDefault();
    return true;
  }

  /* ---- keys ---- */
  function regions() {
    return [$('#refresh'), $('#group'), $('[data-grid="modules"]'), $('.split'), $('#lower .tab.on'), $('#lower [data-grid]')].filter(Boolean);
  }

  function enter(region) {
    if (region.dataset && region.dataset.grid) KvantGrid.focusCurrent(region); else region.focus();
  }

  document.addEventListener('keydown', e => {
    if (menuKeys(e)) return;
    if (e.code === 'F6') {
      const all = regions();
      const here = all.findIndex(r => r === document.activeElement || r.contains(document.activeElement));
      enter(all[(here + (e.shiftKey ? -1 : 1) + all.length) % all.length]);
      e.preventDefault();
      return;
    }
    if (e.code === 'F10') { $('#refresh').focus(); e.preventDefault(); return; }
    const box = e.target.closest && e.target.closest('[data-grid]');
    if (box) {
      if (e.code === 'Enter' && box.dataset.grid === 'modules') { enter($('#lower [data-grid]')); e.preventDefault(); return; }
      if (e.code === 'Escape' && box.dataset.grid !== 'modules') { enter($('[data-grid="modules"]')); e.preventDefault(); return; }
      const cell = KvantGrid.move(box, e);
      if (cell && box.dataset.grid === 'modules') choose(cell.parentNode);
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
  bar.addEventListener('pointerdown', e => {
    bar.setPointerCapture(e.pointerId);
    const drag = m => { const r = work.getBoundingClientRect(); split((m.clientY - r.top) / r.height * 100); };
    bar.addEventListener('pointermove', drag);
    bar.addEventListener('pointerup', () => bar.removeEventListener('pointermove', drag), {once: true});
  });
  if (localStorage.getItem('kvant.split')) split(Number(localStorage.getItem('kvant.split')));

  /* ---- nudges ---- */
  const LOST_MS = 10000;
  const live = $('#live');
  let socket, heard = Date.now(), lost, wanted = {modules: false, lower: false}, busy = false, delay = 1000, waiting;

  function connect() {
    const path = location.pathname.replace(/[^/]*$/, '') + 'push';
    socket = new WebSocket((location.protocol === 'https:' ? 'wss://' : 'ws://') + location.host + path);
    socket.onopen = () => { delay = 1000; };
    socket.onmessage = m => { alive(); nudge(JSON.parse(m.data)); };
    socket.onclose = () => { setTimeout(connect, delay); delay = Math.min(delay * 2, 15000); };
  }

  function alive() {
    heard = Date.now();
    live.classList.add('on');
    if (lost) {
      lost = null;
      document.body.classList.remove('stale');
      want(true, true);
    }
  }

  function nudge(n) {
    if (n.at) $('span', live).textContent = live.dataset.last + ' ' + n.at;
    if (!n.devices) return;
    const box = $('[data-grid="modules"]');
    const shown = KvantGrid.ids(box);
    const chosen = box.querySelector('tr.sl');
    const touched = n.all || n.devices.some(d => shown.has(String(d)));
    const low = n.all || (chosen && n.devices.includes(Number(KvantGrid.key(chosen))));
    want(touched || shown.size < 80, low);
  }

  function want(modules, lower) {
    wanted.modules = wanted.modules || modules;
    wanted.lower = wanted.lower || lower;
    if (!busy) next();
  }

  /* one at a time: what comes meanwhile is fetched together afterwards */
  function next() {
    if (document.hidden || document.querySelector('.pop.open')) { later(1000); return; }
    const what = wanted.modules ? 'modules' : wanted.lower ? 'lower' : null;
    if (!what) return;
    busy = true;
    wanted[what] = false;
    (what === 'modules' ? kvantRefreshModules : kvantRefreshLower)();
  }

  window.kvantRefreshed = () => { busy = false; later(500); };

  function later(ms) {
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (!busy && (wanted.modules || wanted.lower)) next(); }, ms);
  }

  setInterval(() => {
    if (!lost && Date.now() - heard > LOST_MS) {
      lost = new Date(heard);
      live.classList.remove('on');
      document.body.classList.add('stale');
      const b = $('.lost b');
      b.textContent = b.dataset.text.replace('{0}', lost.toLocaleTimeString('ru-RU', {hour: 'numeric', minute: '2-digit', second: '2-digit'}));
    }
  }, 1000);
  document.addEventListener('click', e => { if (e.target.closest('[data-reconnect]') && socket.readyState > 1) connect(); });

  /* ---- a page that nobody touches does not keep its person signed in by refreshing itself ---- */
  const IDLE_MS = 30 * 60 * 1000;
  let touched = Date.now();
  ['pointerdown', 'pointermove', 'keydown', 'wheel'].forEach(t => addEventListener(t, () => { touched = Date.now(); }, {passive: true}));
  setInterval(() => { if (Date.now() - touched > IDLE_MS) $('#sign-out').click(); }, 15000);

  KvantGrid.dressAll();
  connect();
})();
