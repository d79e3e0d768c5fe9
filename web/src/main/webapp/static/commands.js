/* The page of commands: taking back what is ticked or chosen, and what the keyboard does with the drawer. */
'use strict';
(function () {
  const $ = (s, root) => (root || document).querySelector(s);
  const marks = KvantMarks('commands', '#cancel-ticked');
  /* what the dialogue is about */
  let about = '';
  KvantDialog();

  const click = id => { const e = document.getElementById(id); if (e) e.click(); };
  const grid = () => $('[data-grid="commands"]');

  function ask(ids) {
    about = ids;
    if (ids) kvantAskCancel([{name: 'ids', value: ids}]);
  }

  document.addEventListener('click', e => {
    const one = e.target.closest('#cancel-one');
    if (one) ask(one.dataset.id);
    else if (e.target.closest('#cancel-ticked')) ask(marks.ids());
    else if (e.target.closest('#do-cancel')) kvantCancel([{name: 'ids', value: about}]);
  });

  document.addEventListener('keydown', e => {
    if ($('#dialog').open) return;
    if (e.code === 'Enter' && e.target.matches('.tool input')) { click('go'); done(e); return; }
    if (e.code === 'Escape' && (e.target.closest('#story') || e.target.closest('[data-grid]')) && $('#shut')) {
      click('shut');
      KvantGrid.focusCurrent(grid());
      done(e);
      return;
    }
    /* the drawer is where Enter leads, as the lower table is elsewhere */
    if (e.code === 'Enter' && e.target.closest('[data-grid="commands"]')) { const story = $('#story .fields'); if (story) story.focus(); done(e); return; }
    if (e.code === 'Delete' && e.target.closest('[data-grid="commands"]')) { ask(marks.ids()); done(e); }
  }, true);

  function done(e) {
    e.preventDefault();
    e.stopPropagation();
  }
})();
