/* Ticks of a table whose rows have boxes where something can be done with them. What is ticked is known
   here alone, and sent with what is done. */
'use strict';
(function () {
  const $ = (s, root) => (root || document).querySelector(s);

  /* grid: name of the table; button: what is done with ticked rows; done: whether they have gone already */
  window.KvantMarks = (grid, button, done) => {
    const within = '[data-grid="' + grid + '"]';
    let ids = new Set();
    let anchor;

    const marks = () => [...$(within).querySelectorAll('[data-tick]')];
    const idOf = mark => KvantGrid.key(mark.closest('tr'));

    function paint() {
      const shown = marks();
      if (!$('#tick-all') || (done && done())) ids = new Set();
      /* what is shown and has no box any more was done meanwhile */
      const open = new Set(shown.map(idOf));
      $(within).querySelectorAll('[data-id]').forEach(e => { if (!open.has(e.dataset.id)) ids.delete(e.dataset.id); });
      shown.forEach(mark => {
        const on = ids.has(idOf(mark));
        mark.classList.toggle('on', on);
        mark.setAttribute('aria-checked', String(on));
        mark.closest('tr').classList.toggle('tk', on);
      });
      const head = $('#tick-all');
      if (head) {
        const some = shown.filter(mark => ids.has(idOf(mark))).length;
        const every = some > 0 && some === shown.length;
        head.classList.toggle('on', every);
        head.classList.toggle('ind', ids.size > 0 && !every);
        head.setAttribute('aria-checked', every ? 'true' : ids.size > 0 ? 'mixed' : 'false');
      }
      const label = $('#ticked');
      label.textContent = ids.size ? label.dataset.text + ' ' + ids.size : '';
      $('#untick').hidden = !ids.size;
      $(button).disabled = !ids.size;
    }

    function tick(row, range) {
      const mark = row.querySelector('[data-tick]');
      if (!mark) return;
      const id = idOf(mark);
      const shown = marks();
      const from = shown.findIndex(m => idOf(m) === anchor);
      if (range && from >= 0) {
        const to = shown.indexOf(mark);
        shown.slice(Math.min(from, to), Math.max(from, to) + 1).forEach(m => ids.add(idOf(m)));
      } else if (!ids.delete(id)) {
        ids.add(id);
      }
      anchor = id;
      paint();
    }

    function tickShown() {
      const shown = marks().map(idOf);
      const every = shown.every(id => ids.has(id));
      shown.forEach(id => { if (every) ids.delete(id); else ids.add(id); });
      paint();
    }

    document.addEventListener('click', e => {
      if (e.target.closest('#tick-all')) tickShown();
      else if (e.target.closest('#untick')) { ids = new Set(); paint(); e.preventDefault(); }
      else {
        const cell = e.target.closest(within + ' tbody td.ck');
        if (cell) tick(cell.parentNode, e.shiftKey);
      }
    });

    document.addEventListener('keydown', e => {
      if (e.code === 'Space' && e.target.closest('#tick-all')) { tickShown(); e.preventDefault(); return; }
      if (!e.target.closest(within)) return;
      const row = e.target.closest('tbody tr');
      if (e.code === 'Space' && row) { tick(row, e.shiftKey); e.preventDefault(); }
      else if (e.code === 'KeyA' && (e.ctrlKey || e.metaKey)) { tickShown(); e.preventDefault(); }
    }, true);

    document.addEventListener('kvant:dressed', paint);
    return {ids: () => [...ids].join(',')};
  };
})();
