/* Charts of the chosen module: lanes over one axis of time, drawn as SVG from /series. A gap breaks the
   line and is hatched; a cross hair goes with the pointer and the arrow keys; all of it is there as a
   table too. A point: first, last, records, five times least, most and last, m³ used, since when. */
'use strict';
(function () {
  const SVG = 'http://www.w3.org/2000/svg';
  const $ = (s, root) => (root || document).querySelector(s);
  const $$ = (s, root) => [...(root || document).querySelectorAll(s)];
  const STEPS = [300, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 1209600, 2592000, 7776000, 15552000];
  const state = {ask: {days: 1}, key: '', data: null, at: -1, table: false};

  const panel = () => $('#chart');
  /* in the bar of the module, which is drawn anew with every packet of it */
  const about = () => $('#newest').dataset;

  /* ---- what the server says ---- */
  function key() {
    return [about().device, about().last, JSON.stringify(state.ask)].join(' ');
  }

  function load() {
    const box = panel();
    if (!box) return;
    const wanted = key();
    buttons(box);
    if (wanted === state.key) { if (state.data) draw(box); return; }
    if (about().device === '0') { state.key = wanted; state.data = null; empty(box, box.dataset.none); return; }
    /* not seen, not asked for: a narrow window shows the chart when its tab is chosen */
    if (!box.offsetParent) return;
    if (wanted.split(' ')[0] !== state.key.split(' ')[0]) { state.data = null; empty(box, ''); }
    state.key = wanted;
    fetch('series?' + new URLSearchParams({device: about().device, ...state.ask}), {headers: KvantShell.idle() ? {'X-Kvant-Idle': 'true'} : {}})
      .then(r => r.ok ? r.json() : Promise.reject(new Error(r.status)))
      .then(data => { if (state.key === wanted) { state.data = data; state.at = -1; draw(panel()); } })
      .catch(() => { if (state.key === wanted) { state.key = ''; state.data = null; empty(panel(), panel().dataset.failed); } });
  }

  function empty(box, text) {
    $$('.pl, .y, .t b, .xax', box).forEach(e => e.replaceChildren());
    $('#chart-says').textContent = text;
    box.dataset.drawn = '';
  }

  /* ---- numbers and times ---- */
  const number = (value, digits) => value === null ? '—' : new Intl.NumberFormat(state.data.language, {maximumFractionDigits: digits, minimumFractionDigits: Math.min(digits, 2)}).format(value).replace('-', '\u2212');
  const format = options => new Intl.DateTimeFormat(state.data.language === 'en' ? 'en-GB' : 'ru', {timeZone: state.data.zone, ...options});
  const time = s => format({hour: 'numeric', minute: '2-digit', second: '2-digit'}).format(s * 1000).replace(/^0(?=\d:)/, '');
  const moment = s => format({day: '2-digit', month: '2-digit', year: 'numeric'}).format(s * 1000) + ' ' + time(s);
  const x = s => (s - state.data.from) / (state.data.until - state.data.from);

  /* ---- drawing ---- */
  function element(name, attributes, parent) {
    const e = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([k, v]) => e.setAttribute(k, v));
    if (parent) parent.append(e);
    return e;
  }

  function scale(points, lane) {
    const at = 3 + 3 * lane;
    let low = Infinity, high = -Infinity;
    points.forEach(p => { if (p[at] !== null) { low = Math.min(low, p[at]); high = Math.max(high, p[at + 1]); } });
    if (low === Infinity) return null;
    if (lane === 1) low = 0;
    const least = [0.01, 0.001, 1, 0.02, 4][lane];
    const step = nice(Math.max(high - low, least) / 2);
    const bottom = Math.floor(low / step + 1e-9) * step;
    let rows = Math.max(2, Math.ceil((high - bottom) / step - 1e-9));
    return {low: bottom, high: bottom + rows * step, step: rows > 2 ? step * rows / 2 : step};
  }

  function nice(raw) {
    const power = Math.pow(10, Math.floor(Math.log10(raw)));
    return [1, 2, 2.5, 5, 10].map(m => m * power).find(m => m >= raw * (1 - 1e-9));
  }

  /** Whether the line is broken before a point. */
  function broken(before, point) {
    return state.data.gaps.some(g => g[0] >= before[0] && g[1] <= point[1] && g[1] > before[1]);
  }

  function draw(box) {
    const data = state.data;
    box.dataset.drawn = data.points.length;
    $$('.lane', box).forEach(lane => drawLane(lane, data));
    axis($('.xax', box), data);
    table(box, data);
    mark(state.at, false);
  }

  function drawLane(box, data) {
    const lane = Number(box.dataset.lane);
    const plot = $('.pl', box);
    const svg = element('svg', {viewBox: '0 0 1000 100', preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false'});
    plot.replaceChildren(svg);
    data.gaps.forEach(g => {
      const left = Math.max(0, x(g[0])) * 1000, right = Math.min(1, x(g[1])) * 1000;
      if (right <= left) return;
      place(plot, 'span', 'gap', left, right);
      if (lane === 0 && (right - left) / 1000 * plot.clientWidth > 44) place(plot, 'em', '', left, right).textContent = g[2];
    });
    [0, 50, 100].forEach(y => element('path', {d: 'M0 ' + y + 'H1000', class: 'rule'}, svg));
    const s = scale(data.points, lane);
    if (s) {
      lines(svg, data.points, lane, s);
      $('.y', box).replaceChildren(...[s.high, (s.high + s.low) / 2, s.low].map(v => label(number(v, digitsOf((s.high - s.low) / 2)))));
    } else {
      $('.y', box).replaceChildren();
    }
    data.events.forEach(e => event(svg, plot, e, lane));
    element('path', {class: 'hair', d: 'M0 0'}, svg);
  }

  const digitsOf = step => Math.max(0, Math.min(4, -Math.floor(Math.log10(step) + 1e-9) + (/^[125]/.test(step.toExponential()) && !/^2\.5/.test(step.toExponential()) ? 0 : 1)));

  function label(text) {
    const e = document.createElement('span');
    e.textContent = text;
    return e;
  }

  function place(plot, name, kind, left, right) {
    const e = document.createElement(name);
    e.className = kind;
    e.style.left = left / 10 + '%';
    e.style.width = (right - left) / 10 + '%';
    plot.append(e);
    return e;
  }

  /* the band is least to most of each bucket, the line goes through the last values */
  function lines(svg, points, lane, s) {
    const at = 3 + 3 * lane;
    const y = v => (100 - (v - s.low) / (s.high - s.low) * 100).toFixed(2);
    const middle = p => (x(p[1]) * 1000).toFixed(2);
    let line = '', far = '', joined = false, upper = [], lower = [], before = null, ends = '';
    const close = () => {
      if (upper.length > 1) element('path', {class: 'band', d: 'M' + upper.join('L') + 'L' + lower.reverse().join('L') + 'Z'}, svg);
      if (before) ends += 'M' + middle(before) + ' ' + y(before[at + 2]) + 'h.01';
      upper = []; lower = [];
    };
    points.forEach(p => {
      if (p[at] === null) return;
      const fresh = !before || broken(before, p);
      if (fresh) close();
      if (lane === 1) {
        /* over a gap it is a mean of what nobody saw */
        const stretch = Math.max(0, x(p[19]) * 1000).toFixed(2) + ' ' + y(p[at + 2]) + 'H' + middle(p);
        if (state.data.gaps.some(g => g[1] > p[19] && g[1] <= p[1])) { far += 'M' + stretch; joined = false; } else { line += (joined && p[19] <= before[1] ? 'L' : 'M') + stretch; joined = true; }
      } else {
        line += (fresh ? 'M' + middle(p) + ' ' + y(p[at + 2]) + 'h.01' : lane === 0 ? 'H' + middle(p) + 'V' + y(p[at + 2]) : 'L' + middle(p) + ' ' + y(p[at + 2]));
        upper.push(middle(p) + ' ' + y(p[at + 1]));
        lower.push(middle(p) + ' ' + y(p[at]));
      }
      before = p;
    });
    close();
    element('path', {class: 'line', d: line}, svg);
    element('path', {class: 'line far', d: far}, svg);
    element('path', {class: 'end', d: ends}, svg);
  }

  function event(svg, plot, e, lane) {
    const at = (x(e[0]) * 1000).toFixed(2);
    if (at < 0 || at > 1000) return;
    element('path', {class: 'event ' + e[2], d: 'M' + at + ' 0V100'}, svg);
    if (lane > 0) return;
    const flag = document.createElement('i');
    flag.className = 'flag ' + e[2];
    flag.title = moment(e[0]) + ' ' + e[1];
    flag.style.left = at / 10 + '%';
    plot.append(flag);
  }

  function axis(box, data) {
    const span = data.until - data.from;
    const step = STEPS.find(s => span / s <= 5) || span / 4;
    const offset = zoneOffset(data.from);
    const texts = [];
    for (let t = Math.ceil((data.from + offset) / step) * step - offset; t < data.until; t += step) {
      const e = label(step < 86400 ? format({hour: 'numeric', minute: '2-digit'}).format(t * 1000) : format({day: '2-digit', month: '2-digit'}).format(t * 1000));
      e.style.left = x(t) * 100 + '%';
      if (x(t) > 0.02 && x(t) < 0.96) texts.push(e);
    }
    box.replaceChildren(...texts);
  }

  /** Seconds by which the zone is ahead: marks stand at whole hours of the viewer. */
  function zoneOffset(s) {
    const p = Object.fromEntries(new Intl.DateTimeFormat('en-GB', {timeZone: state.data.zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit'}).formatToParts(s * 1000).map(q => [q.type, q.value]));
    return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) / 1000 - s;
  }

  /* ---- the same as a table ---- */
  function table(box, data) {
    const list = $('#chart-values', box);
    if (!state.table) { list.replaceChildren(); return; }
    const rows = data.points.map((p, i) => ({at: p[1], cells: [moment(p[1])].concat($$('.lane', box).map(l => number(p[5 + 3 * l.dataset.lane], Number(l.dataset.digits)))), i: i}))
      .concat(data.events.map(e => ({at: e[0], text: moment(e[0]) + ' ' + e[1]})), data.gaps.map(g => ({at: g[1] - 1, text: g[2]})))
      .sort((a, b) => a.at - b.at);
    const t = document.createElement('table');
    const head = t.createTHead().insertRow();
    [panel().getAttribute('aria-label')].concat($$('.lane .t', box).map(l => [...l.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join(''))).forEach((text, i) => {
      const th = document.createElement('th');
      th.scope = 'col';
      th.textContent = i ? text : '';
      head.append(th);
    });
    const body = t.createTBody();
    rows.forEach(r => {
      const row = body.insertRow();
      if (r.text) { const c = row.insertCell(); c.colSpan = 6; c.textContent = r.text; c.className = 'cell-w'; }
      else r.cells.forEach((text, i) => { const c = row.insertCell(); c.textContent = text; c.className = i ? 'r' : 'nw'; });
    });
    list.replaceChildren(t);
  }

  /* ---- cross hair ---- */
  function mark(index, say) {
    const box = panel(), data = state.data;
    if (!box || !data) return;
    state.at = index;
    const p = data.points[index];
    const shown = p || data.points[data.points.length - 1];
    $$('.lane', box).forEach(lane => {
      const hair = $('.hair', lane);
      if (hair) hair.setAttribute('d', p ? 'M' + x(p[1]) * 1000 + ' 0V100' : 'M0 0');
      const at = 5 + 3 * lane.dataset.lane;
      const value = p ? p : [...data.points].reverse().find(q => q[at] !== null);
      $('.t b', lane).textContent = value ? number(value[at], Number(lane.dataset.digits)) : '—';
    });
    $('#chart-says').textContent = shown ? text(p, shown, say) : box.dataset.none;
  }

  function text(p, shown, say) {
    const values = say ? $$('.lane', panel()).map(l => $('.t', l).textContent.replace(/(\S)(?=[\d\u2212—][^a-zа-я]*$)/i, '$1 ')).join('; ') : '';
    const near = p ? state.data.events.filter(e => e[0] >= p[0] && e[0] <= p[1]).map(e => e[1]).join('; ') : '';
    return [moment(shown[1]), near || values].filter(Boolean).join('. ');
  }

  function nearest(ratio) {
    const t = state.data.from + ratio * (state.data.until - state.data.from);
    let best = -1;
    state.data.points.forEach((p, i) => { if (best < 0 || Math.abs(p[1] - t) < Math.abs(state.data.points[best][1] - t)) best = i; });
    return best;
  }

  document.addEventListener('pointermove', e => {
    const plot = e.target.closest && e.target.closest('#lanes .pl');
    if (plot && state.data) { const r = plot.getBoundingClientRect(); mark(nearest((e.clientX - r.left) / r.width), false); }
  }, {passive: true});
  document.addEventListener('pointerout', e => { if (e.target.closest && e.target.closest('#lanes') && state.data && document.activeElement !== $('#lanes') && !(e.relatedTarget && e.relatedTarget.closest && e.relatedTarget.closest('#lanes'))) mark(-1, false); });

  document.addEventListener('keydown', e => {
    if (e.target.id !== 'lanes' || !state.data) return;
    const last = state.data.points.length - 1;
    const at = state.at < 0 ? last + 1 : state.at;
    const to = {ArrowLeft: Math.max(0, at - 1), ArrowRight: Math.min(last, at + 1), Home: 0, End: last, Escape: -1}[e.code];
    if (to === undefined) return;
    e.preventDefault();
    mark(to, true);
  });

  /* ---- which time ---- */
  function buttons(box) {
    $$('.rng [data-days]', box).forEach(b => b.setAttribute('aria-pressed', String(String(state.ask.days) === b.dataset.days)));
    const other = $('#chart-period', box);
    other.classList.toggle('on', Boolean(state.ask.from));
    if (state.ask.from) { $('#chart-from', box).value = state.ask.from; $('#chart-until', box).value = state.ask.until; }
    show(box);
  }

  function show(box) {
    $('#chart-table', box).setAttribute('aria-pressed', String(state.table));
    $('#lanes', box).hidden = state.table;
    $('.xax', box).hidden = state.table;
    $('#chart-values', box).hidden = !state.table;
  }

  document.addEventListener('click', e => {
    const day = e.target.closest('#chart [data-days]');
    if (day) { state.ask = {days: Number(day.dataset.days)}; load(); return; }
    if (e.target.closest('#chart-table')) { state.table = !state.table; show(panel()); if (state.data) draw(panel()); return; }
    if (e.target.id === 'chart-show') {
      const from = $('#chart-from').value, until = $('#chart-until').value;
      if (!from || !until) { $(from ? '#chart-until' : '#chart-from').focus(); return; }
      state.ask = from <= until ? {from: from, until: until} : {from: until, until: from};
      $('#chart-period').click();
      load();
    }
  });

  addEventListener('resize', () => { clearTimeout(state.resize); state.resize = setTimeout(load, 150); });
  document.addEventListener('kvant:dressed', load);
})();
