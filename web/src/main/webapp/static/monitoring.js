/* The monitoring page: rows with news come from the server and are put in the places of the old ones; how
   many there are of what is counted anew once in a while. */
'use strict';
(function () {
  const $ = (s, root) => (root || document).querySelector(s);

  /* ---- what the server says by itself ---- */
  const LOST_MS = 10000;
  /* numbers and what changes without packets, such as silence; not all pages at once */
  const ANYWAY_MS = 50000 + 20000 * Math.random();
  const MOST = 200;
  const BUSY = 'X-Kvant-Busy', SELF = {name: 'refresh', value: '1'};
  /* the session is over, the mode is shut, or the right is gone; or somebody has signed out beside */
  const OVER = 4001, SIGNED_OUT = 1008;
  const live = $('#live');
  const grid = () => $('[data-grid="modules"]');
  let socket, retry, spoken = false, heard = Date.now(), lost, wanted = {lower: false, counts: false}, busy = false, delay = 1000, waiting, said, asked, under, held = false, counted = Date.now();

  /* one at a time: what an older one still says is nobody's news */
  function connect() {
    clearTimeout(retry);
    const path = location.pathname.replace(/[^/]*$/, '') + 'push';
    const old = socket, own = new WebSocket((location.protocol === 'https:' ? 'wss://' : 'ws://') + location.host + path);
    socket = own;
    if (old) old.close();
    /* what came while nobody listened is asked for; the page itself has just been drawn */
    own.onopen = () => { said = undefined; if (spoken) again(); else say(); };
    own.onmessage = m => { if (own === socket) { alive(); told(m.data); } };
    own.onclose = e => {
      if (own !== socket) return;
      if (e.code === OVER || (spoken && e.code === SIGNED_OUT)) { location.reload(); return; }
      /* not all pages at once */
      retry = setTimeout(connect, delay * (1 + Math.random()));
      delay = Math.min(delay * 2, 15000);
    };
  }

  function alive() {
    heard = Date.now();
    spoken = true;
    delay = 1000;
    live.classList.add('on');
    if (lost) {
      lost = null;
      KvantShell.fresh();
      all();
    }
  }

  /* the server is told what is shown, and speaks of nothing else; of what nobody sees, not at all */
  function shown() {
    const ids = document.hidden ? new Set() : KvantGrid.ids(grid());
    if (!document.hidden && chosen() > 0) ids.add(String(chosen()));
    return ids;
  }

  function chosen() {
    const newest = $('#newest');
    return newest ? Number(newest.dataset.device) : 0;
  }

  function say() {
    if (socket.readyState !== 1) return;
    const columns = [...grid().querySelectorAll('th [data-sort]')].map(c => c.dataset.sort);
    const now = [...shown()].slice(0, MOST).join() + ';' + columns.join();
    if (now === said) return;
    said = now;
    socket.send(now);
  }

  /* everything that is shown; without a connection, as soon as there is one */
  function again() {
    say();
    if (socket.readyState === 1) { held = false; socket.send('again'); }
  }

  /* a line of what there is to say, and rows, if any are new */
  function told(text) {
    const end = text.indexOf('\n');
    const n = JSON.parse(end < 0 ? text : text.slice(0, end));
    if (n.at) $('span', live).textContent = live.dataset.last + ' ' + n.at;
    if (n.unread || end >= 0) $('#modules-window').classList.toggle('unread', Boolean(n.unread));
    if (end < 0) return;
    if (occupied()) { held = true; return; }
    const came = KvantGrid.put(grid(), text.slice(end + 1));
    wanted.lower = wanted.lower || came.has(String(chosen()));
    if (!busy) next();
  }

  /* what somebody is at stays as it is */
  const occupied = () => document.hidden || Boolean(document.querySelector('.pop.open, .note.editing'));

  function all() {
    again();
    wanted.lower = wanted.counts = true;
    if (!busy) next();
  }

  /* one at a time */
  function next() {
    const what = wanted.lower ? 'lower' : wanted.counts ? 'counts' : null;
    if (!what) return;
    if (occupied()) { later(1000); return; }
    busy = true;
    asked = Date.now();
    wanted[what] = false;
    under = what;
    if (what === 'lower') { kvantRefreshLower([SELF]); return; }
    counted = Date.now();
    kvantRecount([SELF, {name: 'news', value: '1'}]);
  }

  window.kvantRefreshed = request => {
    if (request && request.getResponseHeader && request.getResponseHeader(BUSY)) {
      wanted[under] = true;
      turn();
    } else {
      done();
    }
  };

  /* others were served first: again after a while that they do not choose too */
  function turn() {
    busy = false;
    later(1000 + 2000 * Math.random());
  }

  /* a server that takes its time is asked less often */
  function done() {
    busy = false;
    say();
    later(Math.min(10000, Math.max(500, 3 * (Date.now() - asked))));
  }

  function later(ms) {
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (!busy) next(); }, ms);
  }

  setInterval(() => {
    if (held && !occupied()) again(); else say();
    if (Date.now() - counted > ANYWAY_MS) { counted = Date.now(); all(); }
    if (!lost && Date.now() - heard > LOST_MS) {
      lost = new Date(heard);
      live.classList.remove('on');
      KvantShell.stale(lost);
      /* one that is open and silent is none */
      connect();
    }
  }, 1000);
  document.addEventListener('click', e => { if (e.target.closest('[data-reconnect]')) connect(); });

  document.addEventListener('visibilitychange', () => { if (document.hidden) say(); else all(); });

  /* what one has done oneself is shown at once */
  document.addEventListener('kvant:news', all);

  connect();
})();
