/* A table whose scroll bar is as long as the whole list, though only a window of rows is there. The
   box that scrolls stays; its window (.window: table, data-total, data-first) is replaced by partial
   updates. The head sticks; the rows before and after the window are fillers of the right height.
   No browser draws boxes of some ten million pixels and more: of a list that would be higher the fillers
   are squeezed. The rows that are there keep their height, so scrolling among them feels the same; where
   the window stands is worked out anew each time one comes. */
'use strict';
(function () {
  const WINDOW = 80;
  const HIGHEST = 8e6;
  const state = {};

  function parts(box) {
    const win = box.querySelector('.window');
    const table = win && win.querySelector('table');
    const row = parseFloat(getComputedStyle(box).getPropertyValue('--row')) || 24;
    const total = win ? Number(win.dataset.total) : 0;
    return {
      row: row,
      squeeze: Math.min(1, HIGHEST / Math.max(1, total * row)),
      win: win,
      table: table,
      body: table && table.tBodies[0],
      total: total,
      first: win ? Number(win.dataset.first) : 0,
      height: box.clientHeight - (table ? table.tHead.offsetHeight : 0)
    };
  }

  function rows(p) {
    return [...p.body.rows].filter(r => !r.classList.contains('fill') && !r.classList.contains('ui-datatable-empty-message'));
  }

  /** Where a row begins, px; the row may be broken. */
  function topOf(p, row) {
    const own = rows(p).length;
    const before = p.first * p.row * p.squeeze;
    if (row <= p.first) return row * p.row * p.squeeze;
    if (row <= p.first + own) return before + (row - p.first) * p.row;
    return before + own * p.row + (row - p.first - own) * p.row * p.squeeze;
  }

  /** Which row is there, the inverse. */
  function rowAt(p, top) {
    const own = rows(p).length;
    const before = p.first * p.row * p.squeeze;
    if (top <= before) return top / (p.row * p.squeeze);
    if (top <= before + own * p.row) return p.first + (top - before) / p.row;
    return p.first + own + (top - before - own * p.row) / (p.row * p.squeeze);
  }

  function filler(p, count) {
    const row = document.createElement('tr');
    row.className = 'fill';
    row.setAttribute('aria-hidden', 'true');
    const cell = row.insertCell();
    cell.colSpan = p.table.tHead.rows[0].cells.length;
    cell.style.height = count * p.row * p.squeeze + 'px';
    return row;
  }

  /** Puts the fillers in and gives back what was: place, focus, changed cells. */
  function dress(box) {
    const p = parts(box);
    if (!p.body || p.win.dataset.dressed) return;
    p.win.dataset.dressed = '1';
    const own = rows(p);
    p.table.setAttribute('aria-rowcount', p.total);
    own.forEach((row, i) => row.setAttribute('aria-rowindex', p.first + i + 1));
    const after = p.total - p.first - own.length;
    if (p.first > 0) p.body.prepend(filler(p, p.first));
    if (after > 0) p.body.append(filler(p, after));
    const s = state[box.dataset.grid];
    if (s) {
      box.scrollTop = topOf(p, s.at);
      box.scrollLeft = s.left;
      flash(p, s);
      const head = s.head && p.table.tHead.querySelector('[data-sort="' + s.head + '"]');
      if (head && document.activeElement === document.body) head.focus({preventScroll: true});
      if (s.focus && focusAt(box, s.focus.row, s.focus.col, s.focused)) {
        if (s.travelling) box.dispatchEvent(new CustomEvent('kvant:arrived', {bubbles: true, detail: own[s.focus.row - p.first]}));
      } else if (s.focused) {
        hold(box);
      }
    }
    if (!box.dataset.listening) {
      box.dataset.listening = '1';
      box.addEventListener('scroll', () => scrolled(box), {passive: true});
    }
    /* what scrolls takes the focus: its cells do, or the box where there are none */
    if (!own.length) {
      box.dataset.bare = '';
      box.tabIndex = 0;
    } else if ('bare' in box.dataset) {
      delete box.dataset.bare;
      box.removeAttribute('tabindex');
    }
    if (!here(box) && own.length && !(s && s.focus)) mark(box, own[0].cells[0]);
    scrolled(box);
  }

  /** The cell that has the focus, or would get it by Tab. */
  function here(box) {
    return box.querySelector('td[data-here]');
  }

  function mark(box, cell) {
    const old = here(box);
    if (old) {
      old.removeAttribute('tabindex');
      delete old.dataset.here;
    }
    if (cell) {
      cell.tabIndex = 0;
      cell.dataset.here = '';
    }
  }

  function key(row) {
    const id = row.querySelector('[data-id]');
    return id ? id.dataset.id : null;
  }

  /** Remembers, just before a new rendering, what it must bring back. */
  function keep(box) {
    const p = parts(box);
    if (!p.body) return;
    const cell = here(box);
    const before = state[box.dataset.grid] || {};
    const head = document.activeElement.closest('[data-sort]');
    const texts = new Map();
    rows(p).forEach(r => { const k = key(r); if (k) texts.set(k, [...r.cells].map(c => c.textContent)); });
    state[box.dataset.grid] = {
      at: rowAt(p, box.scrollTop), left: box.scrollLeft, texts: texts, columns: columns(p),
      head: head && box.contains(head) ? head.dataset.sort : null,
      /* a focus that waits for its row is not forgotten while other windows pass by */
      focus: cell ? {row: Number(cell.parentNode.getAttribute('aria-rowindex')) - 1, col: cell.cellIndex} : before.focus,
      focused: cell ? cell === document.activeElement : before.focused && (box === document.activeElement || document.activeElement === document.body),
      travelling: !cell && before.travelling
    };
  }

  const columns = p => [...p.table.tHead.rows[0].cells].map(c => c.className).join();

  function flash(p, s) {
    /* cells of other columns are not news */
    if (s.columns !== columns(p)) return;
    rows(p).forEach(r => {
      const before = s.texts.get(key(r));
      if (!before) return;
      [...r.cells].forEach((c, i) => { if (!c.classList.contains('rn') && before[i] !== c.textContent) c.classList.add('flash'); });
    });
  }

  /** Puts cells of rows that are here in the places of their old ones; all else of a row stays as it is. Returns
      the keys of all rows that came. */
  function put(box, html) {
    const news = document.createElement('template');
    news.innerHTML = html;
    const own = new Map(rows(parts(box)).map(row => [key(row), row]));
    const came = [...news.content.querySelectorAll('tr')];
    came.forEach(row => {
      const old = own.get(row.dataset.id);
      if (old) [...row.cells].forEach(cell => replace(old.querySelector('td.' + cell.className), cell));
    });
    return new Set(came.map(row => row.dataset.id));
  }

  function replace(old, cell) {
    if (!old || old.innerHTML === cell.innerHTML || old.querySelector('.editing')) return;
    const news = old.textContent !== cell.textContent;
    old.replaceChildren(...cell.childNodes);
    if (news) old.classList.add('flash');
  }

  /* once: the next news flash again */
  document.addEventListener('animationend', e => { if (e.animationName === 'flash') e.target.classList.remove('flash'); });

  /** Asks for another window when what is seen leaves this one. */
  function scrolled(box) {
    box.classList.toggle('scrolled', box.scrollLeft > 0);
    const p = parts(box);
    if (!p.body || box.dataset.asked) return;
    const top = Math.floor(rowAt(p, box.scrollTop));
    const bottom = Math.ceil(rowAt(p, box.scrollTop + p.height));
    const last = p.first + rows(p).length;
    if (top < p.first || (bottom > last && last < p.total)) {
      const first = Math.max(0, Math.min(p.total - WINDOW, Math.round((top + bottom) / 2) - WINDOW / 2));
      if (first !== p.first) ask(box, first);
    }
  }

  function ask(box, first) {
    box.dataset.asked = '1';
    box.before = parts(box).first;
    box.slow = setTimeout(() => box.classList.add('loading'), 300);
    window[box.dataset.load]([{name: 'first', value: first}]);
  }

  /** An answer to {@code ask} came, or failed. */
  function came(part) {
    document.querySelectorAll('.scroll[data-grid]').forEach(box => {
      if ((box.dataset.grid === 'modules') !== (part === 'modules')) return;
      if (!box.dataset.asked) return;
      clearTimeout(box.slow);
      box.classList.remove('loading');
      const again = () => { delete box.dataset.asked; scrolled(box); };
      /* the same window as before: the server could not read another one; it is not hurried */
      if (parts(box).first === box.before) setTimeout(again, 2000); else again();
    });
  }

  function focusAt(box, row, col, really) {
    const p = parts(box);
    const target = rows(p)[row - p.first];
    if (!target) return false;
    const cell = target.cells[Math.min(col, target.cells.length - 1)];
    mark(box, cell);
    if (really) cell.focus({preventScroll: true});
    return true;
  }

  /** Brings a cell into view, past the sticky head and columns. */
  function reveal(box, cell, row) {
    const p = parts(box);
    const top = topOf(p, row);
    if (top < box.scrollTop) box.scrollTop = top;
    if (top + p.row > box.scrollTop + p.height) box.scrollTop = top + p.row - p.height;
    if (getComputedStyle(cell).position === 'sticky') return;
    const frozen = [...cell.parentNode.cells].filter(c => getComputedStyle(c).position === 'sticky').reduce((w, c) => w + c.offsetWidth, 0);
    if (cell.offsetLeft - frozen < box.scrollLeft) box.scrollLeft = cell.offsetLeft - frozen;
    if (cell.offsetLeft + cell.offsetWidth > box.scrollLeft + box.clientWidth) box.scrollLeft = cell.offsetLeft + cell.offsetWidth - box.clientWidth;
  }

  /** The row with the focus is not here: the box holds the focus and hands it on when the row comes. */
  function hold(box) {
    box.tabIndex = -1;
    box.focus({preventScroll: true});
  }

  /** Where the focus is, also while its row is still on its way. */
  function place(box, event) {
    const cell = event.target.closest('td');
    if (cell && box.contains(cell)) return {row: Number(cell.parentNode.getAttribute('aria-rowindex')) - 1, col: cell.cellIndex};
    const s = state[box.dataset.grid];
    return s && s.focus && !here(box) ? s.focus : null;
  }

  /** Arrow keys and their like; returns the cell that has the focus now, or null. */
  function move(box, event) {
    const at = place(box, event);
    if (!at) return null;
    const p = parts(box);
    const columns = p.table.tHead.rows[0].cells.length;
    const page = Math.max(1, Math.floor(p.height / p.row) - 1);
    let row = at.row;
    let col = at.col;
    switch (event.code) {
      case 'ArrowUp': row--; break;
      case 'ArrowDown': row++; break;
      case 'ArrowLeft': col--; break;
      case 'ArrowRight': col++; break;
      case 'PageUp': row -= page; break;
      case 'PageDown': row += page; break;
      case 'Home': if (event.ctrlKey) row = 0; else col = 0; break;
      case 'End': if (event.ctrlKey) row = p.total - 1; else col = columns - 1; break;
      default: return null;
    }
    event.preventDefault();
    row = Math.max(0, Math.min(p.total - 1, row));
    col = Math.max(0, Math.min(columns - 1, col));
    const own = rows(p)[row - p.first];
    if (own) {
      focusAt(box, row, col, true);
      reveal(box, own.cells[col], row);
      return own.cells[col];
    }
    travel(box, p, row, col);
    return null;
  }

  /** To a row that has to be fetched. */
  function travel(box, p, row, col) {
    mark(box, null);
    hold(box);
    state[box.dataset.grid] = Object.assign(state[box.dataset.grid] || {texts: new Map(), left: box.scrollLeft}, {focus: {row: row, col: col}, focused: true, travelling: true});
    box.scrollTop = Math.max(0, topOf(p, row) - p.height / 2);
    scrolled(box);
  }

  /** Brings a row of the whole list into the middle, with the focus on one of its cells. */
  function go(box, row, col) {
    const p = parts(box);
    const own = rows(p)[row - p.first];
    if (!own) { travel(box, p, row, col); return; }
    const top = topOf(p, row);
    if (top < box.scrollTop || top + p.row > box.scrollTop + p.height) box.scrollTop = Math.max(0, top - p.height / 2);
    focusAt(box, row, col, true);
    reveal(box, own.cells[Math.min(col, own.cells.length - 1)], row);
  }

  /** The rows have another height now: the same ones stay in sight. */
  function resize(box, change) {
    const at = rowAt(parts(box), box.scrollTop);
    change();
    const p = parts(box);
    if (!p.body) return;
    p.body.querySelectorAll('tr.fill').forEach(row => {
      const count = row === p.body.rows[0] && p.first > 0 ? p.first : p.total - p.first - rows(p).length;
      row.cells[0].style.height = count * p.row * p.squeeze + 'px';
    });
    box.scrollTop = topOf(p, at);
    scrolled(box);
  }

  window.KvantGrid = {
    dressAll: () => document.querySelectorAll('.scroll[data-grid]').forEach(dress),
    keepAll: () => document.querySelectorAll('.scroll[data-grid]').forEach(keep),
    forget: name => { delete state[name]; },
    ids: box => new Set(rows(parts(box)).map(key)),
    move: move,
    key: key,
    put: put,
    came: came,
    focusAt: focusAt,
    go: go,
    reveal: (box, cell) => reveal(box, cell, Number(cell.parentNode.getAttribute('aria-rowindex')) - 1),
    resize: resize,
    rows: box => { const p = parts(box); return p.body ? rows(p) : []; },
    focusCurrent: box => { const cell = here(box); if (cell) cell.focus(); else hold(box); }
  };
})();
