/* A table whose scroll bar is as long as the whole list, though only a window of rows is there. The
   box that scrolls stays; its window (.window: table, data-total, data-first) is replaced by partial
   updates. The head sticks; the rows before and after the window are fillers of the right height. */
'use strict';
(function () {
  const ROW = 24;
  const WINDOW = 80;
  const state = {};

  function parts(box) {
    const win = box.querySelector('.window');
    const table = win && win.querySelector('table');
    return {
      win: win,
      table: table,
      body: table && table.tBodies[0],
      total: win ? Number(win.dataset.total) : 0,
      first: win ? Number(win.dataset.first) : 0,
      height: box.clientHeight - (table ? table.tHead.offsetHeight : 0)
    };
  }

  function rows(p) {
    return [...p.body.rows].filter(r => !r.classList.contains('fill') && !r.classList.contains('ui-datatable-empty-message'));
  }

  function filler(p, count) {
    const row = document.createElement('tr');
    row.className = 'fill';
    row.setAttribute('aria-hidden', 'true');
    const cell = row.insertCell();
    cell.colSpan = p.table.tHead.rows[0].cells.length;
    cell.style.height = count * ROW + 'px';
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
      box.scrollTop = s.top;
      box.scrollLeft = s.left;
      flash(p, s);
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
    const texts = new Map();
    rows(p).forEach(r => { const k = key(r); if (k) texts.set(k, [...r.cells].map(c => c.textContent)); });
    state[box.dataset.grid] = {
      top: box.scrollTop, left: box.scrollLeft, texts: texts,
      /* a focus that waits for its row is not forgotten while other windows pass by */
      focus: cell ? {row: Number(cell.parentNode.getAttribute('aria-rowindex')) - 1, col: cell.cellIndex} : before.focus,
      focused: cell ? cell === document.activeElement : before.focused && (box === document.activeElement || document.activeElement === document.body),
      travelling: !cell && before.travelling
    };
  }

  function flash(p, s) {
    rows(p).forEach(r => {
      const before = s.texts.get(key(r));
      if (!before) return;
      [...r.cells].forEach((c, i) => { if (i > 0 && before[i] !== c.textContent) c.classList.add('flash'); });
    });
  }

  /** Asks for another window when what is seen leaves this one. */
  function scrolled(box) {
    box.classList.toggle('scrolled', box.scrollLeft > 0);
    const p = parts(box);
    if (!p.body || box.dataset.asked) return;
    const top = Math.floor(box.scrollTop / ROW);
    const bottom = Math.ceil((box.scrollTop + p.height) / ROW);
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
    const top = row * ROW;
    if (top < box.scrollTop) box.scrollTop = top;
    if (top + ROW > box.scrollTop + p.height) box.scrollTop = top + ROW - p.height;
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
    const page = Math.max(1, Math.floor(p.height / ROW) - 1);
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
    mark(box, null);
    hold(box);
    state[box.dataset.grid] = Object.assign(state[box.dataset.grid] || {texts: new Map(), left: box.scrollLeft}, {focus: {row: row, col: col}, focused: true, travelling: true});
    const there = row * ROW - p.height / 2;
    box.scrollTop = Math.max(0, there);
    scrolled(box);
    return null;
  }

  window.KvantGrid = {
    dressAll: () => document.querySelectorAll('.scroll[data-grid]').forEach(dress),
    keepAll: () => document.querySelectorAll('.scroll[data-grid]').forEach(keep),
    forget: name => { delete state[name]; },
    ids: box => new Set(rows(parts(box)).map(key)),
    move: move,
    key: key,
    came: came,
    focusAt: focusAt,
    focusCurrent: box => { const cell = here(box); if (cell) cell.focus(); else hold(box); }
  };
})();
