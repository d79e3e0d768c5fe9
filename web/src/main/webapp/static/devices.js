/* The page of devices: what is asked of those that are ticked, and what the keyboard does. */
'use strict';
(function () {
  const $ = (s, root) => (root || document).querySelector(s);
  const dialog = $('#dialog');
  /* what Enter means in a field */
  const ENTER = {text: 'go', model: 'go', 'typed-key': 'do-set-key', 'group-name': 'group-save', remark: 'do-register', comment: 'save', 'own-model': 'save'};
  const meant = field => document.getElementById(ENTER[field.id]);
  const marks = KvantMarks('devices', '#register-ticked', () => $('[data-finished="true"]', dialog));
  KvantDialog(field => meant(field) || $('#do-try'));

  const sent = () => [{name: 'ids', value: marks.ids()}];

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
    if (e.target.closest('#register-ticked')) kvantAskTicked(sent());
    else if (e.target.closest('#do-register-ticked')) kvantRegisterTicked(sent());
    else if (e.target.closest('#do-set-key')) kvantSetKey([{name: 'key', value: $('#typed-key').value}]);
    else if (e.target.closest('[data-copy]')) copy(e.target.closest('[data-copy]'));
  });

  document.addEventListener('keydown', e => {
    if (dialog.open) return;
    if (e.code === 'Enter' && e.target.matches('input:not([type=button])')) {
      const button = meant(e.target);
      if (button) { e.preventDefault(); e.stopPropagation(); button.click(); }
      return;
    }
    if (e.code === 'Escape' && e.target.closest('#lower')) { KvantGrid.focusCurrent($('[data-grid="devices"]')); e.preventDefault(); return; }
    if (e.code === 'Enter' && e.target.closest('[data-grid="devices"]')) {
      const field = $('#lower select, #lower input, #lower .card .btn');
      if (field) { field.focus(); e.preventDefault(); e.stopPropagation(); }
    }
  }, true);
})();
