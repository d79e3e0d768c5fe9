/* The monitoring page: the nudges of the server. */
'use strict';
(function () {
  const $ = (s, root) => (root || document).querySelector(s);

  /* ---- nudges ---- */
  const LOST_MS = 10000;
  /* how many there are changes by what is not shown, too */
  const ANYWAY_MS = 15000;
  const live = $('#live');
  let socket, heard = Date.now(), lost, wanted = {modules: false, lower: false}, busy = false, delay = 1000, waiting, said, under, refreshed = Date.now();

  function connect() {
    const path = location.pathname.replace(/[^/]*$/, '') + 'push';
    socket = new WebSocket((location.protocol === 'https:' ? 'wss://' : 'ws://') + location.host + path);
    socket.onopen = () => { delay = 1000; said = undefined; say(); };
    socket.onmessage = m => { alive(); nudge(JSON.parse(m.data)); };
    socket.onclose = () => { setTimeout(connect, delay); delay = Math.min(delay * 2, 15000); };
  }

  function alive() {
    heard = Date.now();
    live.classList.add('on');
    if (lost) {
      lost = null;
      KvantShell.fresh();
      want(true, true);
    }
  }

  /* the server is told what is shown, and speaks of nothing else */
  function shown() {
    const ids = KvantGrid.ids($('[data-grid="modules"]'));
    if (chosen() > 0) ids.add(String(chosen()));
    return ids;
  }

  function chosen() {
    const newest = $('#newest');
    return newest ? Number(newest.dataset.device) : 0;
  }

  function say() {
    const ids = [...shown()].slice(0, 200).join();
    if (ids === said || socket.readyState !== 1) return;
    said = ids;
    socket.send(ids);
  }

  function nudge(n) {
    if (n.at) $('span', live).textContent = live.dataset.last + ' ' + n.at;
    if (!n.devices) return;
    const ids = shown();
    want(n.all || n.devices.some(d => ids.has(String(d))) || Date.now() - refreshed > ANYWAY_MS,
      n.all || n.devices.includes(chosen()));
  }

  function want(modules, lower) {
    wanted.modules = wanted.modules || modules;
    wanted.lower = wanted.lower || lower;
    if (!busy) next();
  }

  /* one at a time: what comes meanwhile is fetched together afterwards */
  function next() {
    if (document.hidden || document.querySelector('.pop.open, .note.editing')) { later(1000); return; }
    const what = wanted.modules ? 'modules' : wanted.lower ? 'lower' : null;
    if (!what) return;
    busy = true;
    wanted[what] = false;
    under = {what: what, at: Date.now()};
    (what === 'modules' ? kvantRefreshModules : kvantRefreshLower)([{name: 'refresh', value: '1'}]);
  }

  /* a server that takes its time is asked less often; one that is busy, after a while that others do not choose too */
  window.kvantRefreshed = request => {
    busy = false;
    if (request && request.getResponseHeader && request.getResponseHeader('X-Kvant-Busy')) {
      wanted[under.what] = true;
      later(1000 + 2000 * Math.random());
      return;
    }
    refreshed = Date.now();
    say();
    later(Math.min(10000, Math.max(500, 3 * (refreshed - under.at))));
  };

  function later(ms) {
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (!busy && (wanted.modules || wanted.lower)) next(); }, ms);
  }

  setInterval(() => {
    say();
    if (!lost && Date.now() - heard > LOST_MS) {
      lost = new Date(heard);
      live.classList.remove('on');
      KvantShell.stale(lost);
    }
  }, 1000);
  document.addEventListener('click', e => { if (e.target.closest('[data-reconnect]') && socket.readyState > 1) connect(); });

  /* what one has done oneself is shown at once */
  document.addEventListener('kvant:news', () => want(true, true));

  connect();
})();
