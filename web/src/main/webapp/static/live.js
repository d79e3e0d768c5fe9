/* Pages of live figures: the server's nudges, at most one refresh in a few seconds, and the end of a
   session that nobody uses. What has the focus or stands open stays so. */
'use strict';
(function () {
  const $ = (s, root) => (root || document).querySelector(s);
  const LOST_MS = 10000;
  const PAUSE_MS = 3000;
  /* a server that takes its time is asked less often */
  const SHARE = 3;
  const ROLLS = '.roll, [data-roll]';
  /* without any packet: silence grows all the same */
  const ANYWAY_MS = 30000;
  /* the session is over, or the right is gone; or somebody has signed out beside */
  const OVER = 4001, SIGNED_OUT = 1008;
  const live = $('#live');
  let socket, retry, spoken = false, heard = Date.now(), lost, wanted = false, busy = false, asked, took = 0, refreshed = Date.now(), delay = 1000;

  /* one at a time: what an older one still says is nobody's news */
  function connect() {
    clearTimeout(retry);
    const path = location.pathname.replace(/[^/]*$/, '') + 'push';
    const old = socket, own = new WebSocket((location.protocol === 'https:' ? 'wss://' : 'ws://') + location.host + path);
    socket = own;
    if (old) old.close();
    own.onmessage = m => { if (own === socket) { alive(); nudge(JSON.parse(m.data)); } };
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
      document.body.classList.remove('stale');
      wanted = true;
    }
  }

  function nudge(n) {
    if (n.at) $('span', live).textContent = live.dataset.last + ' ' + n.at;
    if (n.devices) wanted = true;
  }

  let kept = [];
  function next() {
    if (document.hidden || busy || $('.pop.open, dialog[open]')) return;
    const age = Date.now() - refreshed;
    if (!(wanted && age >= Math.max(PAUSE_MS, SHARE * took)) && age < ANYWAY_MS) return;
    busy = true;
    wanted = false;
    asked = Date.now();
    keep();
    kvantRefreshBoard([{name: 'refresh', value: '1'}]);
  }

  function keep() {
    kept = [...document.querySelectorAll('details[open]')].map(d => d.id);
    kept.focus = document.activeElement && document.activeElement.id;
    kept.roll = [...document.querySelectorAll(ROLLS)].map(r => r.scrollTop);
  }

  window.KvantLive = {
    came: request => {
      busy = false;
      refreshed = Date.now();
      took = asked ? refreshed - asked : 0;
      asked = null;
      /* others were served first: nothing is new in this answer */
      if (request && request.getResponseHeader && request.getResponseHeader('X-Kvant-Busy')) wanted = true;
      kept.forEach(id => { const d = document.getElementById(id); if (d) d.open = true; });
      document.querySelectorAll(ROLLS).forEach((r, i) => { r.scrollTop = kept.roll ? kept.roll[i] || 0 : 0; });
      const focused = kept.focus && document.getElementById(kept.focus);
      if (focused && document.activeElement === document.body) focused.focus({preventScroll: true});
      document.dispatchEvent(new CustomEvent('kvant:refreshed'));
    }
  };

  setInterval(() => {
    if (!lost && Date.now() - heard > LOST_MS) {
      lost = new Date(heard);
      live.classList.remove('on');
      document.body.classList.add('stale');
      /* one that is open and silent is none */
      connect();
      const b = $('.lost b');
      b.textContent = b.dataset.text.replace('{0}', lost.toLocaleTimeString('ru-RU', {hour: 'numeric', minute: '2-digit', second: '2-digit'}));
    }
    next();
  }, 500);
  document.addEventListener('click', e => { if (e.target.closest('[data-reconnect]')) connect(); });

  connect();
  /* where tables are, their script sees to the rest */
  if (window.KvantShell) return;

  /* ---- a page that nobody touches keeps neither its person signed in nor the mode open ---- */
  const IDLE_MS = 30 * 60 * 1000;
  let touched = Date.now();
  ['pointerdown', 'pointermove', 'keydown', 'wheel'].forEach(t => addEventListener(t, () => { touched = Date.now(); }, {passive: true}));
  setInterval(() => { if (Date.now() - touched > IDLE_MS) $('#sign-out').click(); }, 15000);
  jQuery.ajaxPrefilter((options, original, request) => { if (Date.now() - touched > 60000) request.setRequestHeader('X-Kvant-Idle', 'true'); });
})();
