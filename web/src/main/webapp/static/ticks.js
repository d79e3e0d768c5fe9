/* Ticks of the monitoring page. The server keeps them; what is clicked is shown at once. */
'use strict';
(function () {
  const $ = (s, root) => (root || document).querySelector(s);
  const grid = () => $('[data-grid="modules"]');
  let anchor = null;
  let order = null;

  const placeOf = row => Number(row.getAttribute('aria-rowindex')) - 1;

  function show(row, on) {
    row.classList.toggle('tk', on);
    const mark = $('[data-tick]', row);
    mark.classList.toggle('on', on);
    mark.setAttribute('aria-checked', String(on));
  }

  function tick(row, range) {
    if (!$('[data-tick]', row)) return;
    if (range && anchor !== null) {
      kvantTickRange([{name: 'from', value: anchor}, {name: 'to', value: placeOf(row)}]);
    } else {
      const on = !row.classList.contains('tk');
      show(row, on);
      kvantTick([{name: 'ids', value: KvantGrid.key(row)}, {name: 'off', value: on ? '' : '1'}]);
    }
    anchor = placeOf(row);
  }

  /* none or some: all; all: none */
  function all() {
    if ($('#modules-foot').dataset.ticks === 'all') kvantUntick(); else kvantTickAll();
  }

  function paint() {
    const head = $('#tick-all');
    const state = $('#modules-foot').dataset.ticks;
    head.classList.toggle('on', state === 'all');
    head.classList.toggle('ind', state === 'some');
    head.setAttribute('aria-checked', state === 'all' ? 'true' : state === 'some' ? 'mixed' : 'false');
    /* a range is from one place of the list to another: in another list it means nothing */
    const address = $('#modules-window').dataset.address;
    if (order !== address) anchor = null;
    order = address;
  }

  document.addEventListener('click', e => {
    if (e.target.closest('#tick-all')) { all(); return; }
    const cell = e.target.closest('[data-grid="modules"] tbody td.ck');
    if (cell) tick(cell.parentNode, e.shiftKey);
  });

  document.addEventListener('mousedown', e => {
    /* Shift marks rows, not their text */
    if (e.shiftKey && e.target.closest('[data-grid="modules"] td.ck')) e.preventDefault();
  });

  document.addEventListener('keydown', e => {
    if (e.target.closest && e.target.closest('#tick-all') && e.code === 'Space') { all(); e.preventDefault(); return; }
    const row = e.code === 'Space' && e.target.closest && e.target.closest('[data-grid="modules"] tbody tr:not(.fill)');
    if (!row || e.ctrlKey || e.altKey) return;
    tick(row, e.shiftKey);
    e.preventDefault();
  });

  document.addEventListener('kvant:dressed', paint);
  window.KvantTicks = {all: all};
})();
