/* Exports: the dialogue, and notes of how far they are. The server knows that; while one is under way it is
   asked once a second. */
'use strict';
(function () {
  const $ = (s, root) => (root || document).querySelector(s);
  const LOOK_MS = 1000;
  /* so long a request may be on its way before the server knows of it */
  const UNSEEN_MS = 60000;
  const KEPT = 'kvant.export.format';
  const dialog = $('#export-dialog');
  let wanted = null, until = 0, timer;

  const chosen = name => { const e = $('input[name=' + name + ']:checked', dialog); return e ? e.value : ''; };

  /* table: MODULES, READINGS, SESSIONS; rows: TICKED or nothing */
  function ask(table, rows) {
    if (!dialog.open) kvantExportAsk([{name: 'table', value: table || 'MODULES'}, {name: 'rows', value: rows || ''}]);
  }

  function fit() {
    dialog.dataset.table = chosen('table');
    $('#export-choice').dataset.table = chosen('table');
  }

  function show() {
    const format = $('input[name=format][value="' + (localStorage.getItem(KEPT) || 'XLSX') + '"]', dialog);
    if (format) format.checked = true;
    fit();
    if (!dialog.open) dialog.showModal();
    const first = $('input[name=table]:checked', dialog);
    if (first) first.focus();
  }

  function look(ms) {
    clearTimeout(timer);
    timer = setTimeout(() => kvantExportLook(), ms);
  }

  function looked() {
    if (wanted && $('[data-ticket="' + wanted + '"]')) wanted = null;
    if ((wanted && Date.now() < until) || $('.toasts [data-moving=true]')) look(LOOK_MS);
  }

  document.addEventListener('change', e => { if (e.target.matches('#export-dialog [name=table]')) fit(); });

  /* the answer is a file, or nothing: the page stays */
  $('#export-form').addEventListener('submit', () => {
    wanted = [...crypto.getRandomValues(new Uint32Array(3))].map(n => n.toString(36)).join('-');
    until = Date.now() + UNSEEN_MS;
    $('#export-ticket').value = wanted;
    localStorage.setItem(KEPT, chosen('format'));
    setTimeout(() => dialog.close(), 0);
    look(200);
  });

  document.addEventListener('click', e => {
    const button = e.target.closest('[data-cancel-export]');
    if (button) kvantExportCancel([{name: 'export', value: button.dataset.cancelExport}]);
  });

  window.KvantExports = {ask: ask, show: show, looked: looked};
  /* of those that were under way when the page was loaded anew */
  document.addEventListener('DOMContentLoaded', looked);
})();
