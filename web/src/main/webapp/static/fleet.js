/* What the monitoring page lists: groups, filters, search, views and panels, the address that leads back
   here, and the keys. The list of keys is the page's own («Клавиши»): what stands there is listened for. */
'use strict';
(function () {
  const $ = (s, root) => (root || document).querySelector(s);
  const grid = () => $('[data-grid="modules"]');
  const dialog = name => $('#' + name + '-dialog');
  const narrow = matchMedia('(max-width:899px)');
  let hit = '';
  /* what an answer that was on its way still says is found, and is not wanted any more */
  let gone = '';
  let panel = 'NONE';
  let from = null;

  /* ---- groups: a name shows one, boxes choose several ---- */
  const boxes = () => [...document.querySelectorAll('.groups input[value][data-of]')];

  function picked() {
    const ids = boxes().filter(b => b.checked).map(b => b.value);
    const go = $('#groups-go');
    go.dataset.groups = ids.join(',');
    go.textContent = go.dataset.text + (ids.length ? ' · ' + ids.length : '');
    go.setAttribute('aria-disabled', String(!ids.length));
    document.querySelectorAll('.groups [data-owner]').forEach(owner => {
      const own = boxes().filter(b => b.dataset.of === owner.dataset.owner);
      const on = own.filter(b => b.checked).length;
      owner.checked = on === own.length;
      owner.indeterminate = on > 0 && on < own.length;
    });
  }

  document.addEventListener('change', e => {
    if (e.target.matches('.groups [data-owner]')) {
      boxes().filter(b => b.dataset.of === e.target.dataset.owner).forEach(b => { b.checked = e.target.checked; });
    }
    if (e.target.closest('.groups')) picked();
  });

  document.addEventListener('keydown', e => {
    const link = e.code === 'Space' && e.target.closest && e.target.closest('.groups a');
    if (!link) return;
    const own = $('input', link.parentNode);
    if (own && link.parentNode.matches('.pick')) { own.checked = !own.checked; picked(); }
    e.preventDefault();
  });

  /* ---- search ---- */
  const MANY = /\d[\s,;]+\d/;

  function find(text) {
    from = 'find';
    kvantFind([{name: 'text', value: text}]);
  }

  function toSearch() {
    if (narrow.matches) lower(false);
    const field = $('#find');
    field.focus();
    field.select();
  }

  document.addEventListener('paste', e => {
    const text = e.clipboardData.getData('text');
    if (e.target.id !== 'find' || !MANY.test(text.trim())) return;
    e.preventDefault();
    find(text);
  });

  /* the row that was found, until Esc */
  function mark() {
    const said = $('#modules-window').dataset.hit;
    const data = said === gone ? '' : said;
    const [place, id, column] = data.split(' ');
    grid().querySelectorAll('tr.ht').forEach(row => row.classList.remove('ht'));
    grid().querySelectorAll('td.hc').forEach(cell => cell.classList.remove('hc'));
    const row = data && KvantGrid.rows(grid()).find(r => KvantGrid.key(r) === id);
    if (row) {
      row.classList.add('ht');
      const cell = $('td.k-' + column, row);
      if (cell) cell.classList.add('hc');
    }
    if (data && data !== hit) {
      const head = $('th.k-' + column, grid()) || $('th.k-SERIAL', grid());
      KvantGrid.go(grid(), Number(place), head.cellIndex);
    }
    hit = data;
  }

  function forget() {
    gone = $('#modules-window').dataset.hit;
    mark();
    /* here and not by an update: that would take away what is typed meanwhile */
    $('#find-box').classList.remove('no');
    $('#find-said').textContent = '';
    const widen = $('#find-widen');
    if (widen) widen.remove();
    kvantForget();
  }

  /* ---- panels at the right ---- */
  function turn(name) {
    from = {FILTER: 'to-filter', COLUMNS: 'to-columns', FOUND: 'find'}[name];
    kvantSide([{name: 'panel', value: name}]);
  }

  function follow() {
    const shown = $('#side').dataset.panelShown;
    if (shown !== panel && shown !== 'NONE') {
      const first = $('#side .fields input:not([disabled]), #side .fields button, #side button');
      if (first && !hitNow()) first.focus();
    } else if (shown === 'NONE' && panel !== 'NONE' && document.activeElement === document.body) {
      const back = document.getElementById(from);
      if (back) back.focus();
    }
    const wrong = $('#side [aria-invalid=true]');
    if (wrong && document.activeElement === document.body) wrong.focus();
    panel = shown;
  }

  const hitNow = () => !['', hit, gone].includes($('#modules-window').dataset.hit);

  /* ---- dialogues ---- */
  function open(name) {
    const box = dialog(name);
    if (!box.open) box.showModal();
    const first = $('textarea, input:not([type=radio]), [data-close]', box);
    if (first) first.focus();
  }

  function copy(text, button) {
    const told = () => { button.textContent = button.dataset.done; };
    if (navigator.clipboard) { navigator.clipboard.writeText(text).then(told); return; }
    const field = document.createElement('textarea');
    field.value = text;
    (button.closest('dialog') || document.body).append(field);
    field.select();
    if (document.execCommand('copy')) told();
    field.remove();
    button.focus();
  }

  const viewOf = e => e.closest('[data-view-row]').dataset.viewRow;

  function change(row) {
    kvantViewChange([{name: 'view', value: row.dataset.viewRow}, {name: 'name', value: $('[data-name]', row).value}, {name: 'shared', value: $('[data-shared]', row).checked ? '1' : ''}]);
  }

  document.addEventListener('change', e => {
    const row = e.target.closest('[data-view-row]');
    if (e.target.matches('[data-start]')) kvantViewStart([{name: 'view', value: e.target.dataset.start}]);
    else if (row && e.target.matches('[data-name], [data-shared]')) change(row);
  });

  /* ---- below 900 the lower part is a page of its own ---- */
  function lower(on) {
    $('#app').classList.toggle('low', on);
    if (on) { const table = $('#lower [data-grid]'); if (table) KvantGrid.focusCurrent(table); } else KvantGrid.focusCurrent(grid());
  }

  document.addEventListener('dblclick', e => { if (narrow.matches && e.target.closest('[data-grid="modules"] tbody tr')) lower(true); });

  /* ---- what is done ---- */
  const DO = {
    search: () => open('find'),
    export: from => KvantExports.ask(from && from.dataset.table),
    'export-ticked': () => KvantExports.ask('MODULES', 'TICKED'),
    find: () => { if (document.activeElement === $('#find')) return false; toSearch(); return true; },
    keys: () => open('keys'),
    command: () => { const entry = $('#tools ~ .sheet [data-command]'); if (!entry) return false; $('#tools').click(); entry.focus(); return true; },
    views: () => open('views'),
    all: () => KvantTicks.all(),
    upper: () => lower(false),
    lower: () => lower(true),
    reset: () => kvantReset(),
    everywhere: () => kvantEverywhere(),
    'tick-every': () => kvantTickAll(),
    untick: () => kvantUntick(),
    'find-widen': () => kvantWiden(),
    filter: () => kvantFilter(),
    'find-go': () => { const text = $('#numbers').value; dialog('find').close(); find(text); },
    'found-show': () => kvantShowFound(),
    'found-tick': () => kvantTickFound(),
    'missing-copy': button => copy([...document.querySelectorAll('#missing li')].map(li => li.textContent).join('\n'), button),
    'view-add': () => kvantViewAdd([{name: 'name', value: $('#view-name').value}]),
    'view-save': () => kvantViewSave(),
    'view-remove': button => kvantViewRemove([{name: 'view', value: viewOf(button)}]),
    'view-link': button => copy(location.origin + location.pathname + '?view=' + viewOf(button), button)
  };

  document.addEventListener('click', e => {
    const target = e.target.closest('[data-groups], [data-term], [data-panel], [data-view], [data-found], [data-do], [data-close]');
    if (!target || target.matches('input')) return;
    const d = target.dataset;
    if (target.matches('a')) e.preventDefault();
    if ('close' in d) target.closest('dialog').close();
    else if ('groups' in d) { if (d.groups) kvantGroups([{name: 'groups', value: d.groups}]); }
    else if (d.term) kvantTerm([{name: 'term', value: d.term}]);
    else if (d.panel) turn(d.panel);
    else if (d.view) kvantView([{name: 'view', value: d.view}]);
    else if (d.found) kvantFound([{name: 'id', value: d.found}]);
    else if (DO[d.do]) DO[d.do](target);
  });

  /* ---- keys ---- */
  const table = [...document.querySelectorAll('#keys-dialog [data-action]:not([data-action=""])')].map(row => ({combination: row.dataset.combination, action: row.dataset.action}));
  const combination = e => (e.ctrlKey || e.metaKey ? 'Ctrl+' : '') + (e.altKey ? 'Alt+' : '') + (e.shiftKey ? 'Shift+' : '') + e.code;
  const typing = e => e.target.matches && e.target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select');

  function enter(e) {
    if (e.target.id === 'find') find(e.target.value);
    else if (e.target.id === 'view-name') DO['view-add']();
    else if (e.target.matches('[data-name], [data-px]')) e.target.dispatchEvent(new Event('change', {bubbles: true}));
    else if (e.target.closest('#filter-panel') && typing(e)) DO.filter();
    else return false;
    return true;
  }

  function escape(e) {
    if (e.target.id === 'find') { if (hit || $('#find-said').textContent) forget(); KvantGrid.focusCurrent(grid()); }
    else if (e.target.closest('#side')) turn(panel);
    else if (e.target.closest('#lower') && narrow.matches) lower(false);
    else if (hit) forget();
    else return false;
    return true;
  }

  document.addEventListener('keydown', e => {
    if (document.querySelector('dialog[open]')) {
      if (e.code === 'Enter' && enter(e)) e.preventDefault();
      e.stopPropagation();
      return;
    }
    if (e.target.closest && e.target.closest('.pop.open')) return;
    const used = () => { e.preventDefault(); e.stopPropagation(); };
    if (e.code === 'Enter' && (e.target.closest('.tool') || e.target.closest('#side')) && enter(e)) { used(); return; }
    if (e.code === 'Enter' && narrow.matches && e.target.closest('[data-grid="modules"]')) { lower(true); used(); return; }
    if (e.code === 'Escape' && escape(e)) { used(); return; }
    const keys = table.find(row => row.combination === combination(e)) || (e.key === '?' && table.find(row => row.action === 'keys'));
    if (!keys || (typing(e) && !/^Ctrl\+KeyF$/.test(keys.combination)) || (keys.action === 'all' && !e.target.closest('[data-grid="modules"]'))) return;
    if (DO[keys.action]() !== false) used();
  }, true);

  /* ---- the address leads here again ---- */
  function address() {
    const query = $('#modules-window').dataset.address;
    if (query && location.search !== query) history.replaceState(null, '', location.pathname + query);
  }

  document.addEventListener('kvant:dressed', () => { address(); follow(); mark(); picked(); });
})();
