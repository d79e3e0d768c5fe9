/* The monitoring page: the nudges of the server. Rows with news are fetched and put in the places of the
   old ones; how many there are of what is counted anew once in a while. */
'use strict';
(function () {
  const $ = (s, root) => (root || document).querySelector(s);

  /* ---- nudges ---- */
  const LOST_MS = 10000;
  /* numbers and what changes without packets, such as silence; not all pages at once */
  const ANYWAY_MS = 50000 + 20000 * Math.random();
  const MOST = 200;
  const BUSY = 'X-Kvant-Busy', SELF = {name: 'refresh', value: '1'};
  const live = $('#live');
  const grid = () => $('[data-grid="modules"]');
  const old = new Set();
  let socket, heard = Date.now(), lost, wanted = {lower: false, counts: false}, busy = false, delay = 1000, waiting, said, asked, under, counted = Date.now();

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
      all();
    }
  }

  /* the server is told what is shown, and speaks of nothing else */
  function shown() {
    const ids = KvantGrid.ids(grid());
    if (chosen() > 0) ids.add(String(chosen()));
    return ids;
  }

  function chosen() {
    const newest = $('#newest');
    return newest ? Number(newest.dataset.device) : 0;
  }

  function say() {
    const ids = [...shown()].slice(0, MOST).join();
    if (ids === said || socket.readyState !== 1) return;
    said = ids;
    socket.send(ids);
  }

  function nudge(n) {
    if (n.at) $('span', live).textContent = live.dataset.last + ' ' + n.at;
    if (!n.devices) return;
    if (n.all) { all(); return; }
    const ids = shown();
    n.devices.map(String).filter(id => ids.has(id)).forEach(id => old.add(id));
    wanted.lower = wanted.lower || n.devices.includes(chosen());
    if (!busy) next();
  }

  /* everything that is shown; said again, because a socket from which nothing comes is closed after a while */
  function all() {
    said = undefined;
    shown().forEach(id => old.add(id));
    wanted.lower = wanted.counts = true;
    if (!busy) next();
  }

  /* one at a time: what comes meanwhile is fetched together afterwards */
  function next() {
    const what = old.size ? 'rows' : wanted.lower ? 'lower' : wanted.counts ? 'counts' : null;
    if (!what) return;
    if (document.hidden || document.querySelector('.pop.open, .note.editing')) { later(1000); return; }
    busy = true;
    asked = Date.now();
    if (what === 'rows') { rows(); return; }
    wanted[what] = false;
    under = what;
    if (what === 'lower') { kvantRefreshLower([SELF]); return; }
    counted = Date.now();
    kvantRecount([SELF, {name: 'news', value: '1'}]);
  }

  async function rows() {
    const ids = [...old].slice(0, MOST);
    const columns = grid().querySelectorAll('th [data-sort]');
    const query = new URLSearchParams({refresh: '1', ids: ids, columns: [...columns].map(c => c.dataset.sort)});
    ids.forEach(id => old.delete(id));
    try {
      const answer = await fetch('rows?' + query, {headers: KvantShell.idle() ? {'X-Kvant-Idle': 'true'} : {}});
      if (answer.headers.has(BUSY)) {
        ids.forEach(id => old.add(id));
        turn();
        return;
      }
      /* the session is over, the mode is closed, or the right is gone */
      if (answer.redirected || answer.status === 403) { location.reload(); return; }
      $('#modules-window').classList.toggle('unread', !answer.ok);
      if (answer.ok) KvantGrid.put(grid(), await answer.text()); else missed(ids);
    } catch (e) {
      missed(ids);
    }
    done();
  }

  /* asked for again, after a while */
  function missed(ids) {
    ids.forEach(id => old.add(id));
    asked = Date.now() - 2000;
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
    say();
    if (Date.now() - counted > ANYWAY_MS) { counted = Date.now(); all(); }
    if (!lost && Date.now() - heard > LOST_MS) {
      lost = new Date(heard);
      live.classList.remove('on');
      KvantShell.stale(lost);
    }
  }, 1000);
  document.addEventListener('click', e => { if (e.target.closest('[data-reconnect]') && socket.readyState > 1) connect(); });

  /* what one has done oneself is shown at once */
  document.addEventListener('kvant:news', all);

  connect();
})();
