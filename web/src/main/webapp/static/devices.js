/* The page of devices: ticks, the dialogue, and what the keyboard does with both. */
'use strict';
(function () {
  const $ = (s, root) => (root || document).querySelector(s);
  const box = () => $('[data-grid="devices"]');
  const dialog = $('#dialog');
  /* what Enter means in a field */
  const ENTER = {text: 'go', model: 'go', 'typed-key': 'do-set-key', 'group-name': 'group-save', remark: 'do-register', comment: 'save', 'own-model': 'save'};
  let ids = new Set();
  let anchor;

  /* ---- ticks ---- */
  const marks = () => [...box().querySelectorAll('[data-tick]')];
  const idOf = mark => KvantGrid.key(mark.closest('tr'));

  function paint() {
    const shown = marks();
    if (!$('#tick-all') || $('[data-finished="true"]', dialog)) ids = new Set();
    /* what is shown and has no box was registered meanwhile */
    const open = new Set(shown.map(idOf));
    box().querySelectorAll('[data-id]').forEach(e => { if (!open.has(e.dataset.id)) ids.delete(e.dataset.id); });
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
    $('#register-ticked').disabled = !ids.size;
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

  const sent = () => [{name: 'ids', value: [...ids].join(',')}];

  /* ---- the dialogue: open while the server has something to ask ---- */
  const open = () => $('#asked').dataset.open === 'true';

  function follow() {
    if (open() && !dialog.open) dialog.showModal();
    if (!open() && dialog.open) dialog.close();
    if (dialog.open && !dialog.contains(document.activeElement)) {
      const first = $('[autofocus], input, select, button', dialog);
      if (first) first.focus();
    }
  }

  /* told at once, before whatever is asked next: the event of closing comes later */
  function shut() {
    $('#asked').dataset.open = 'false';
    kvantForget();
    dialog.close();
  }

  dialog.addEventListener('close', () => {
    if (dialog.open) return;
    /* a key that was shown is gone from here at once */
    $('#asked').replaceChildren();
    if (open()) shut();
    const cell = $('[data-grid="devices"] td[data-here]');
    if (cell && document.activeElement === document.body) cell.focus({preventScroll: true});
  });

  function copy(button) {
    const what = document.getElementById(button.dataset.copy);
    const selection = getSelection();
    selection.selectAllChildren(what);
    const told = () => { button.textContent = button.dataset.copied; };
    if (navigator.clipboard) navigator.clipboard.writeText(what.textContent).then(told);
    else if (document.execCommand('copy')) told();
  }

  /* ---- clicks and keys ---- */
  document.addEventListener('click', e => {
    if (e.target.closest('#tick-all')) tickShown();
    else if (e.target.closest('#untick')) { ids = new Set(); paint(); e.preventDefault(); }
    else if (e.target.closest('#register-ticked')) kvantAskTicked(sent());
    else if (e.target.closest('#do-register-ticked')) kvantRegisterTicked(sent());
    else if (e.target.closest('#do-set-key')) kvantSetKey([{name: 'key', value: $('#typed-key').value}]);
    else if (e.target.closest('[data-copy]')) copy(e.target.closest('[data-copy]'));
    else if (e.target.closest('[data-close]')) shut();
    else {
      const cell = e.target.closest('[data-grid="devices"] tbody td.ck');
      if (cell) tick(cell.parentNode, e.shiftKey);
    }
  });

  document.addEventListener('keydown', e => {
    if (e.code === 'Enter' && e.target.matches('input:not([type=button])')) {
      const button = document.getElementById(ENTER[e.target.id]) || (dialog.contains(e.target) && ($('#do-try') || $('.dialog-foot .go')));
      if (button) { e.preventDefault(); e.stopPropagation(); button.click(); }
      return;
    }
    if (dialog.open) {
      if (e.code === 'Escape') { e.preventDefault(); shut(); }
      e.stopPropagation();
      return;
    }
    if (e.code === 'Space' && e.target.closest('#tick-all')) { tickShown(); e.preventDefault(); return; }
    if (e.code === 'Escape' && e.target.closest('#lower')) { KvantGrid.focusCurrent(box()); e.preventDefault(); return; }
    if (!e.target.closest('[data-grid="devices"]')) return;
    const row = e.target.closest('tbody tr');
    if (e.code === 'Space' && row) { tick(row, e.shiftKey); e.preventDefault(); }
    else if (e.code === 'KeyA' && (e.ctrlKey || e.metaKey)) { tickShown(); e.preventDefault(); }
    else if (e.code === 'Enter') {
      const field = $('#lower select, #lower input, #lower .card .btn');
      if (field) { field.focus(); e.preventDefault(); e.stopPropagation(); }
    }
  }, true);

  document.addEventListener('kvant:dressed', () => { paint(); follow(); });
})();
