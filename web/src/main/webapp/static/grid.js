/* A table whose scroll bar is as long as the whole list, though only a window of rows is there.
   The head sticks; the rows before and after the window are two filler rows of the right height. */
'use strict';
(function () {
  const ROW = 24;
  const state = {};

  function parts(box) {
    const table = box.querySelector('table');
    return {
      table: table,
      body: table && table.tBodies[0],
      total: Number(box.dataset.total),
      first: Number(box.dataset.first),
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
    if (!p.body || box.dataset.dressed) return;
    box.dataset.dressed = '1';
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
      if (s.focus) focusAt(box, s.focus.row, s.focus.col, s.focused);
    }
    box.addEventListener('scroll', () => scrolled(box), {passive: true});
    if (!box.querySelector('td[tabindex="0"]') && own.length) own[0].cells[0].tabIndex = 0;
    scrolled(box);
  }

  function key(row) {
    const id = row.querySelector('[data-id]');
    return id ? id.dataset.id : null;
  }

  /** Remembers what a new rendering must bring back. */
  function keep(box) {
    const p = parts(box);
    if (!p.body) return;
    const cell = box.querySelector('td[tabindex="0"]');
    const texts = new Map();
    rows(p).forEach(r => { const k = key(r); if (k) texts.set(k, [...r.cells].map(c => c.textContent)); });
    state[box.dataset.grid] = {
      top: box.scrollTop, left: box.scrollLeft, texts: texts, total: p.total,
      focus: cell ? {row: Number(cell.parentNode.getAttribute('aria-rowindex')) - 1, col: cell.cellIndex} : null,
      focused: cell !== null && cell === document.activeElement
    };
  }

  function flash(p, s) {
    rows(p).forEach(r => {
      const before = s.texts.get(key(r));
      if (!before) return;
      [...r.cells].forEach((c, i) => { if (i > 0 && before[i] !== c.textContent) c.classList.add('flash'); });
    });
  }

  /** Asks for another window when the end of this one comes near. */
  function scrolled(box) {
    box.classList.toggle('scrolled', box.scrollLeft > 0);
    const p = parts(box);
    if (!p.body || box.dataset.asked) return;
    const top = Math.floor(box.scrollTop / ROW);
    const bottom = Math.ceil((box.scrollTop + p.height) / ROW);
    const count = rows(p).length;
    const last = p.first + count;
    if ((top < p.first || (bottom > last && last < p.total))) {
      const first = Math.max(0, Math.min(p.total - 80, Math.round((top + bottom) / 2) - 40));
      if (first !== p.first) ask(box, first);
    }
  }

  function ask(box, first) {
    box.dataset.asked = '1';
    const slow = setTimeout(() => box.classList.add('loading'), 300);
    keep(box);
    const name = box.dataset.grid;
    window[box.dataset.load]([{name: 'first', value: first}]);
    const done = () => { clearTimeout(slow); document.removeEventListener('kvant:updated', done); };
    document.addEventListener('kvant:updated', done);
    state[name].asked = true;
  }

  function focusAt(box, row, col, really) {
    const p = parts(box);
    const target = rows(p)[row - p.first];
    if (!target) return false;
    const old = box.querySelector('td[tabindex="0"]');
    if (old) old.removeAttribute('tabindex');
    const cell = target.cells[Math.min(col, target.cells.length - 1)];
    cell.tabIndex = 0;
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

  /** Arrow keys and their like; returns the cell that has the focus now, or null. */
  function move(box, event) {
    const cell = event.target.closest('td');
    if (!cell || !box.contains(cell)) return null;
    const p = parts(box);
    let row = Number(cell.parentNode.getAttribute('aria-rowindex')) - 1;
    let col = cell.cellIndex;
    const page = Math.max(1, Math.floor(p.height / ROW) - 1);
    switch (event.code) {
      case 'ArrowUp': row--; break;
      case 'ArrowDown': row++; break;
      case 'ArrowLeft': col--; break;
      case 'ArrowRight': col++; break;
      case 'PageUp': row -= page; break;
      case 'PageDown': row += page; break;
      case 'Home': if (event.ctrlKey) row = 0; else col = 0; break;
      case 'End': if (event.ctrlKey) row = p.total - 1; else col = cell.parentNode.cells.length - 1; break;
      default: return null;
    }
    event.preventDefault();
    row = Math.max(0, Math.min(p.total - 1, row));
    col = Math.max(0, Math.min(cell.parentNode.cells.length - 1, col));
    const own = rows(p)[row - p.first];
    if (own) {
      focusAt(box, row, col, true);
      reveal(box, own.cells[col], row);
      return own.cells[col];
    }
    box.scrollTop = Math.max(0, row * ROW - p.height / 2);
    keep(box);
    state[box.dataset.grid].focus = {row: row, col: col};
    state[box.dataset.grid].focused = true;
    const first = Math.max(0, Math.min(p.total - 80, row - 40));
    if (!box.dataset.asked) {
      const kept = state[box.dataset.grid];
      ask(box, first);
      state[box.dataset.grid].focus = kept.focus;
      state[box.dataset.grid].focused = true;
    }
    return null;
  }

  window.KvantGrid = {
    dressAll: () => document.querySelectorAll('.scroll[data-grid]').forEach(dress),
    keepAll: () => document.querySelectorAll('.scroll[data-grid]').forEach(keep),
    forget: name => { delete state[name]; },
    ids: box => new Set(rows(parts(box)).map(key)),
    move: move,
    key: key,
    focusAt: focusAt,
    focusCurrent: box => { const cell = box.querySelector('td[tabindex="0"]'); if (cell) cell.focus(); else box.focus(); }
  };
})();
