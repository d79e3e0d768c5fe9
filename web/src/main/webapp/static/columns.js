/* The columns of the monitoring page: their widths, which the policy lets nobody write into the page, so
   that they go into a sheet of their own; edges that are dragged; keys in the headers; height of rows. */
'use strict';
(function () {
  const $ = (s, root) => (root || document).querySelector(s);
  const grid = () => $('[data-grid="modules"]');
  const LEFT = [['TICK', 30], ['NUMBER', 40], ['SIGNS', 90]];
  const FROZEN = ['IMEI', 'SERIAL'];
  const LOOSE = 'COMMENT';
  const NARROWEST = 36, WIDEST = 600, STEP = 8;
  const sheet = new CSSStyleSheet();
  let written = '';

  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  /** What the server says: name, width, and whether only a wide screen shows it. */
  function columns() {
    return $('#modules-window').dataset.widths.split(' ').map(part => {
      const [, name, px, wide] = part.match(/^(\w+):(\d+)(w?)$/);
      return {name: name, px: Number(px), wide: wide === 'w'};
    });
  }

  const th = name => '.app .ui-datatable table.modules th.k-' + name;

  /** The rules for those that are shown on a screen. */
  function rules(shown) {
    const text = [];
    let left = 0;
    let whole = 0;
    LEFT.map(([name, px]) => ({name: name, px: px})).concat(shown).forEach(c => {
      /* the comment takes what is left over */
      if (c.name !== LOOSE) text.push(th(c.name) + '{width:' + c.px + 'px}');
      whole += c.px;
      if (FROZEN.includes(c.name) || LEFT.some(([name]) => name === c.name)) {
        text.push('.modules .k-' + c.name + '{left:' + left + 'px}');
        left += c.px;
      }
    });
    const loose = shown.some(c => c.name === LOOSE);
    text.push('.app .ui-datatable table.modules{width:' + (loose ? 'max(100%,' + whole + 'px)' : whole + 'px') + '}');
    return text.join('');
  }

  function write(all) {
    const narrow = all.filter(c => !c.wide);
    let text = rules(all);
    if (narrow.length < all.length) {
      const hidden = all.filter(c => c.wide).map(c => '.app .ui-datatable table.modules .k-' + c.name).join();
      text += '@media(max-width:1599px){' + hidden + '{display:none}' + rules(narrow) + '}';
    }
    if (text === written) return;
    written = text;
    sheet.replaceSync(text);
  }

  /* ---- sorted by what: one header is said to a screen reader ---- */
  function sorted() {
    grid().querySelectorAll('th').forEach(head => {
      const mark = $('svg.so', head);
      const second = $('sup', head) && $('sup', head).textContent !== '1';
      if (mark && !second) head.setAttribute('aria-sort', $('use', mark).getAttribute('href') === '#su' ? 'ascending' : 'descending');
      else head.removeAttribute('aria-sort');
    });
  }

  /* ---- edges ---- */
  function widen(name, px, keep) {
    const width = Math.max(NARROWEST, Math.min(WIDEST, Math.round(px)));
    const all = columns();
    all.find(c => c.name === name).px = width;
    write(all);
    if (keep) {
      $('#modules-window').dataset.widths = all.map(c => c.name + ':' + c.px).join(' ');
      kvantColumnWidth([{name: 'column', value: name}, {name: 'px', value: width}]);
    }
    return width;
  }

  document.addEventListener('pointerdown', e => {
    const grip = e.target.closest('[data-grip]');
    if (!grip) return;
    const head = grip.closest('th');
    const start = e.clientX;
    const before = head.offsetWidth;
    let px = before;
    grip.setPointerCapture(e.pointerId);
    grip.classList.add('on');
    const drag = m => { px = widen(grip.dataset.grip, before + m.clientX - start, false); };
    grip.addEventListener('pointermove', drag);
    grip.addEventListener('lostpointercapture', () => {
      grip.removeEventListener('pointermove', drag);
      grip.classList.remove('on');
      if (px !== before) widen(grip.dataset.grip, px, true);
    }, {once: true});
    e.preventDefault();
  });

  /* ---- headers ---- */
  function sort(button, add) {
    kvantHead([{name: 'key', value: button.dataset.sort}, {name: 'add', value: add ? '1' : ''}]);
  }

  document.addEventListener('click', e => {
    const button = e.target.closest('[data-sort]');
    if (button) sort(button, e.ctrlKey || e.metaKey || e.shiftKey);
  });

  document.addEventListener('keydown', e => {
    const button = e.target.closest && e.target.closest('[data-sort]');
    if (!button) return;
    const heads = [...grid().querySelectorAll('[data-sort]')].filter(h => h.offsetWidth);
    const at = heads.indexOf(button);
    const head = button.closest('th');
    if (e.shiftKey && (e.code === 'ArrowLeft' || e.code === 'ArrowRight')) widen(button.dataset.sort, head.offsetWidth + (e.code === 'ArrowLeft' ? -STEP : STEP), true);
    else if (e.code === 'ArrowLeft' || e.code === 'ArrowRight') {
      const next = heads[at + (e.code === 'ArrowLeft' ? -1 : 1)];
      if (next) { next.focus(); next.scrollIntoView({block: 'nearest', inline: 'nearest'}); }
    } else if (e.code === 'ArrowDown' || e.code === 'Escape') KvantGrid.focusCurrent(grid());
    else if (e.code === 'Enter' || e.code === 'NumpadEnter' || e.code === 'Space') sort(button, e.ctrlKey || e.metaKey || e.shiftKey);
    else return;
    e.preventDefault();
    e.stopPropagation();
  }, true);

  /* from the first row up into the headers */
  document.addEventListener('keydown', e => {
    const cell = e.code === 'ArrowUp' && e.target.closest && e.target.closest('[data-grid="modules"] tbody td');
    if (!cell || cell.parentNode.getAttribute('aria-rowindex') !== '1') return;
    const head = $('[data-sort]', grid().querySelectorAll('thead th')[cell.cellIndex]) || $('[data-sort]', grid());
    head.focus();
    e.preventDefault();
    e.stopPropagation();
  }, true);

  /* ---- height of rows: all tables of the page ---- */
  function height(px) {
    const app = $('#app');
    const boxes = [...document.querySelectorAll('.scroll[data-grid]')];
    const set = () => { app.className = app.className.replace(/\bd\d*(?= |$)/, 'd' + px); };
    /* each remembers its own first row before the height changes for all */
    boxes.reduceRight((then, each) => () => KvantGrid.resize(each, then), set)();
    kvantDensity([{name: 'height', value: px}]);
  }

  /* ---- the panel ---- */
  document.addEventListener('change', e => {
    const line = e.target.closest('[data-column]');
    if (e.target.matches('[data-density]')) height(e.target.dataset.density);
    else if (line && e.target.matches('[data-do="column"]')) kvantColumn([{name: 'column', value: line.dataset.column}]);
    else if (line && e.target.matches('[data-px]') && /^\d{1,3}$/.test(e.target.value)) {
      if (columns().some(c => c.name === line.dataset.column)) widen(line.dataset.column, Number(e.target.value), true);
      else kvantColumnWidth([{name: 'column', value: line.dataset.column}, {name: 'px', value: e.target.value}]);
    }
  });

  document.addEventListener('click', e => {
    const move = e.target.closest('[data-do="column-up"], [data-do="column-down"]');
    if (move) {
      kvantColumnMove([{name: 'column', value: move.closest('[data-column]').dataset.column}, {name: 'right', value: move.dataset.do === 'column-down' ? '1' : ''}]);
    }
    if (e.target.closest('[data-do="columns-reset"]')) kvantColumnsReset();
  });

  /* without rows a header is what Tab comes to: the box can still be scrolled sideways */
  function reachable() {
    const head = $('[data-sort]', grid());
    if (head) head.tabIndex = KvantGrid.rows(grid()).length ? -1 : 0;
  }

  document.addEventListener('kvant:dressed', () => { write(columns()); sorted(); reachable(); });
  write(columns());
})();
