/* Sheets that open under a button, on every page: by pointer and by keyboard. */
'use strict';
(() => {
  const openerOf = pop => pop.querySelector('.opener');

  function toggle(pop, open, keyboard) {
    pop.classList.toggle('open', open);
    openerOf(pop).setAttribute('aria-expanded', String(open));
    if (open && keyboard) { const first = pop.querySelector('.sheet a'); if (first) first.focus(); }
  }

  addEventListener('click', e => {
    /* several things are ticked in one sheet */
    if (e.target.closest('.sheet input, .sheet label')) return;
    const opener = e.target.closest('.opener');
    document.querySelectorAll('.pop.open').forEach(p => { if (!opener || !p.contains(opener)) toggle(p, false); });
    if (opener) toggle(opener.parentNode, !opener.parentNode.classList.contains('open'), e.detail === 0);
  });

  /* along a bar of menus */
  addEventListener('keydown', e => {
    const bar = e.target.closest && !e.target.closest('.sheet') && e.target.closest('[role=menubar]');
    if (!bar || (e.code !== 'ArrowRight' && e.code !== 'ArrowLeft')) return;
    const items = [...bar.querySelectorAll(':scope > li > a, :scope > li > button')];
    items[(items.indexOf(e.target) + (e.code === 'ArrowRight' ? 1 : -1) + items.length) % items.length].focus();
    e.preventDefault();
  });

  /* before the page's own keys, which leave alone what was taken here */
  addEventListener('keydown', e => {
    const pop = e.target.closest && e.target.closest('.pop.open');
    if (!pop) return;
    if (e.target.closest('input, select, textarea') && e.code !== 'Escape') return;
    const items = [...pop.querySelectorAll('.sheet a')];
    if (!items.length && e.code !== 'Escape') return;
    const at = items.indexOf(document.activeElement);
    if (e.code === 'Escape') { toggle(pop, false); openerOf(pop).focus(); }
    else if (e.code === 'ArrowDown') items[(at + 1) % items.length].focus();
    else if (e.code === 'ArrowUp') items[(at - 1 + items.length) % items.length].focus();
    else if (e.code === 'Home') items[0].focus();
    else if (e.code === 'End') items[items.length - 1].focus();
    else return;
    e.preventDefault();
  }, true);

  /* who walks out of a sheet by Tab leaves it closed */
  addEventListener('focusin', e => {
    document.querySelectorAll('.pop.open').forEach(p => { if (!p.contains(e.target)) toggle(p, false); });
  });
})();
