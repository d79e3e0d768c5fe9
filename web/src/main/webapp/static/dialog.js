/* The one dialogue of a page: open while the server has something to ask. Its shutting is told by kvantForget. */
'use strict';
(function () {
  const $ = (s, root) => (root || document).querySelector(s);

  /* enter: what Enter means in a field, where that is not the dialogue's own answer */
  window.KvantDialog = enter => {
    const dialog = $('#dialog');
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
      /* what was shown or typed is gone from here at once */
      $('#asked').replaceChildren();
      if (open()) shut();
      const cell = $('[data-select] td[data-here]');
      if (cell && document.activeElement === document.body) cell.focus({preventScroll: true});
    });

    document.addEventListener('click', e => { if (e.target.closest('[data-close]')) shut(); });

    document.addEventListener('keydown', e => {
      if (!dialog.open) return;
      if (e.code === 'Escape') { e.preventDefault(); shut(); }
      if (e.code === 'Enter' && e.target.matches('input:not([type=button])')) {
        const button = (enter && enter(e.target)) || $('.dialog-foot .go', dialog);
        if (button) { e.preventDefault(); button.click(); }
      }
      e.stopPropagation();
    }, true);

    document.addEventListener('kvant:dressed', follow);
  };
})();
