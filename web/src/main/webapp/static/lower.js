/* The lower half of the monitoring page, and what is edited in place: days of the tables, comments,
   and access points that are shown one at a time. */
'use strict';
(function () {
  const $ = (s, root) => (root || document).querySelector(s);
  const texts = () => $('#lower-texts').dataset;

  /* ---- days of the lower tables ---- */
  function narrow(from, until) {
    document.querySelectorAll('#lower [data-grid]').forEach(box => KvantGrid.forget(box.dataset.grid));
    kvantPeriod([{name: 'from', value: from}, {name: 'until', value: until}]);
  }

  document.addEventListener('click', e => {
    if (e.target.id === 'period-show') narrow($('#period-from').value, $('#period-until').value);
    if (e.target.id === 'period-all') narrow('', '');
    if (e.target.closest('#edit-comment')) begin($('#comment'));
  });
  document.addEventListener('keydown', e => {
    if (e.code === 'Enter' && e.target.matches('#period-from, #period-until')) { e.preventDefault(); $('#period-show').click(); }
    if (e.code === 'Enter' && e.target.matches('#chart-from, #chart-until')) { e.preventDefault(); $('#chart-show').click(); }
  });

  /* ---- the link to the packet goes with the focus ---- */
  document.addEventListener('focusin', e => {
    const row = e.target.closest && e.target.closest('[data-grid=records] tbody tr');
    const how = row && $('a.how', row);
    const tab = $('#tab-packet');
    if (how && tab) tab.href = how.href;
  });

  /* ---- a comment where it stands ---- */
  let editing;

  function begin(note, draft) {
    if (editing || !note || texts().mayComment !== 'true') return;
    const shown = note.textContent.trim();
    const input = document.createElement('input');
    input.type = 'text';
    input.className = 'typed';
    input.maxLength = Number(texts().longest);
    input.setAttribute('aria-label', texts().commentLabel);
    input.value = draft === undefined ? shown : draft;
    editing = {id: note.dataset.comment, bar: note.id === 'comment', shown: shown, input: input, note: note};
    note.classList.add('editing');
    note.replaceChildren(input);
    input.focus();
    if (draft === undefined) input.select();
  }

  function end(text) {
    const was = editing;
    editing = null;
    was.note.classList.remove('editing');
    was.note.textContent = text === undefined ? was.shown : text;
    was.note.title = was.note.textContent;
    const cell = was.note.closest('td');
    if (cell) cell.focus({preventScroll: true}); else if ($('#edit-comment')) $('#edit-comment').focus();
  }

  function fault(text) {
    editing.input.readOnly = false;
    editing.input.setAttribute('aria-invalid', 'true');
    editing.input.title = text;
    let say = $('#comment-fault');
    if (!say) { say = document.createElement('p'); say.id = 'comment-fault'; say.setAttribute('role', 'alert'); document.body.append(say); }
    const r = editing.input.getBoundingClientRect();
    say.textContent = text;
    say.style.left = Math.min(r.left, innerWidth - 340) + 'px';
    say.style.top = (r.bottom + 60 > innerHeight ? r.top - 44 : r.bottom + 4) + 'px';
    editing.input.focus();
  }

  function quiet() {
    const say = $('#comment-fault');
    if (say) say.remove();
  }

  function save() {
    const text = editing.input.value.trim();
    quiet();
    if (text === editing.shown) { end(); return; }
    editing.input.readOnly = true;
    editing.wanted = text;
    kvantComment([{name: 'id', value: editing.id}, {name: 'shown', value: editing.shown}, {name: 'text', value: text}]);
  }

  /* before the keys of the tables */
  addEventListener('keydown', e => {
    if (editing && e.target === editing.input) {
      if (e.code === 'Enter' || e.code === 'NumpadEnter') { e.preventDefault(); if (!editing.input.readOnly) save(); }
      else if (e.code === 'Escape') { e.preventDefault(); quiet(); end(); }
      e.stopPropagation();
      return;
    }
    const cell = e.target.closest && e.target.closest('td');
    if (!cell || (e.code !== 'Enter' && e.code !== 'F2') || e.ctrlKey || e.altKey) return;
    const note = $('[data-comment]', cell);
    if (note && texts().mayComment === 'true') { begin(note); }
    else if ($('[data-reveal]', cell)) { $('[data-reveal]', cell).click(); }
    else return;
    e.preventDefault();
    e.stopPropagation();
  }, true);

  document.addEventListener('dblclick', e => { const note = e.target.closest('td') && $('[data-comment]', e.target.closest('td')); if (note) begin(note); });
  /* who goes elsewhere has done editing */
  document.addEventListener('pointerdown', e => { if (editing && e.target !== editing.input && !editing.input.readOnly) save(); }, true);

  /* a new rendering takes the field along */
  document.addEventListener('kvant:dressed', () => {
    if (!editing || document.contains(editing.input) || editing.wanted !== undefined) return;
    again(editing.input.value);
  });

  /** The same field in the new rendering; false if its row is not there any more. */
  function again(draft) {
    const was = editing;
    editing = null;
    const note = was.bar ? $('#comment') : $('td [data-comment="' + was.id + '"]');
    if (!note || note.dataset.comment !== was.id) return false;
    begin(note, draft);
    editing.shown = was.shown;
    return true;
  }

  /* ---- access points: one at a time ---- */
  let revealing, open;

  document.addEventListener('click', e => {
    const button = e.target.closest('[data-reveal]');
    if (!button || revealing) return;
    revealing = button.dataset.reveal;
    kvantReveal([{name: 'session', value: revealing}]);
  });

  function hide() {
    if (!open) return;
    open.place.textContent = open.dots;
    open.button.hidden = false;
    open = null;
  }

  window.KvantLower = {
    saved: args => {
      if (!editing) return;
      const text = editing.wanted, id = editing.id;
      const wrong = !args || args.fault === undefined ? texts().commentLost : args.fault;
      if (args && args.now !== undefined) editing.shown = args.now;
      delete editing.wanted;
      if (!document.contains(editing.input) && !again(text)) return;
      if (wrong) { fault(wrong); return; }
      end(text);
      document.querySelectorAll('[data-comment="' + id + '"]').forEach(n => { n.textContent = text; n.title = text; });
    },
    revealed: args => {
      const id = revealing;
      revealing = null;
      hide();
      const place = $('.access[data-session="' + id + '"]');
      if (!place || !args || args.access === undefined) return;
      const button = $('[data-reveal="' + id + '"]');
      open = {place: place, button: button, dots: place.textContent};
      place.textContent = args.access;
      button.hidden = true;
    }
  };
})();
