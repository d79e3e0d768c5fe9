/* The pages of the register: Enter in a search field searches; a drawer takes the focus when it opens and
   gives it back when it shuts; the tree of addresses folds by mouse and keys. */
'use strict';
(function () {
  let opened = false;
  let from = null;

  const drawer = () => document.getElementById('drawer');
  const click = id => { const e = document.getElementById(id); if (e) e.click(); };

  document.addEventListener('kvant:dressed', () => {
    const now = drawer().dataset.opened === 'true';
    if (now) {
      const wrong = drawer().querySelector('[aria-invalid=true]');
      const first = wrong || (opened ? null : drawer().querySelector('input:not([type=hidden]),select,#save'));
      if (first) first.focus();
    } else if (opened && from) {
      const back = document.getElementById(from);
      if (back) back.focus();
    }
    opened = now;
  });

  document.addEventListener('click', e => {
    const opener = e.target.closest('#add,[id^=do-]');
    if (opener) from = opener.id === 'add' ? 'add' : 'change';
    const fold = e.target.closest('.fold');
    if (fold) {
      e.stopPropagation();
      toggle(fold.closest('[data-grid]'), fold.closest('tr'));
    }
  }, true);

  function toggle(box, row) {
    window[box.dataset.fold]([{name: 'id', value: KvantGrid.key(row)}]);
  }

  document.addEventListener('keydown', e => {
    if (e.code === 'Enter' && e.target.closest('.tool input')) { click('go'); done(e); return; }
    if (e.target.closest('#drawer')) {
      if (e.code === 'Enter' && e.target.matches('input,select')) { click('save'); done(e); }
      if (e.code === 'Escape') { click('shut'); done(e); }
      return;
    }
    const box = e.target.closest('[data-fold]');
    const fold = box && e.target.closest('tr') && e.target.closest('tr').querySelector('.fold');
    if (!fold) return;
    const open = fold.getAttribute('aria-expanded') === 'true';
    if (e.code === 'Space' || (open ? /Minus|Subtract/ : /Equal|Add/).test(e.code)) { toggle(box, e.target.closest('tr')); done(e); }
  }, true);

  function done(e) {
    e.preventDefault();
    e.stopPropagation();
  }
})();
