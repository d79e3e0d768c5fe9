/* «Инструменты → Команды»: the dialog that sends a command. What is typed goes to the server at each change,
   what is said of it comes back; the fields themselves are never drawn anew while somebody types. */
'use strict';
(function () {
  const $ = (s, root) => (root || document).querySelector(s);
  const LOOK_MS = 300;
  const NOTE_MS = 6000;
  /* so many fit into a form that the server takes */
  const MOST_NUMBERS = 100000;
  const dialog = $('#order-dialog');
  const texts = $('#order-texts').dataset;
  const field = name => $('#order-' + name);
  let timer, pending = false, busy = false, again = false, leaving = false, listed = false, from = null, opening = false;

  const stale = () => document.body.classList.contains('stale');

  /* ---- opening ---- */
  function ask(kind) {
    if (opening || dialog.open || stale()) return;
    opening = true;
    const pop = document.activeElement.closest('.pop');
    from = pop ? $('.opener', pop) : document.activeElement;
    kvantOrder([{name: 'kind', value: kind}]);
  }

  function show(status) {
    if (status !== 'success') { failed(); return; }
    opening = false;
    pending = busy = again = leaving = listed = false;
    if (!$('#order-title')) return;
    fit();
    if (!dialog.open) dialog.showModal();
    const first = $('.frow input:not([type=datetime-local]), .frow input', dialog);
    if (first) { first.focus(); first.select(); }
  }

  dialog.addEventListener('close', () => {
    clearTimeout(timer);
    /* no password waits in a page that nobody looks at */
    dialog.querySelectorAll('input[type=password]').forEach(i => { i.value = ''; });
    if (from && document.contains(from)) from.focus();
  });

  /* ---- what stands beside the fields ---- */
  function fit() {
    const aim = $('[name=order-aim]:checked', dialog);
    field('list').hidden = !aim || aim.value !== 'LIST';
    const how = field('how');
    if (how) field('campaign').hidden = how.value !== 'FIRST';
    field('pass').hidden = field('check').dataset.password !== 'true';
    /* whom a list or a filter means is known later than the form is open */
    const opens = field('composite');
    if (opens && !field('touched').value) opens.checked = field('check').dataset.composite === 'true';
    dialog.querySelectorAll('.said').forEach(said => {
      const own = document.getElementById(said.id.replace(/-said$/, ''));
      if (own && own.matches('input, textarea')) own.setAttribute('aria-invalid', String(said.classList.contains('no')));
    });
    const numbers = field('numbers');
    numbers.setAttribute('aria-invalid', String($('#order-DEVICES-said').classList.contains('no')));
    /* the preset that the fields say */
    dialog.querySelectorAll('button[data-period]').forEach(b => b.setAttribute('aria-pressed', String(!('own' in b.dataset)
      && field('CONTRACT_DAY').value === b.dataset.day && field('CONTRACT_HOUR').value === b.dataset.hour && field('PERIOD').value === b.dataset.period)));
  }

  /* what no request may hold is said here: the server lets nothing of it in */
  function unsendable() {
    const many = numbers().length > MOST_NUMBERS;
    const bad = many ? field('numbers') : [...dialog.querySelectorAll('.num input, textarea')].find(i => /[\0\p{Surrogate}]/u.test(i.value));
    if (!bad) return false;
    const said = document.getElementById(bad.getAttribute('aria-describedby'));
    said.classList.remove('gone');
    said.classList.add('no');
    said.textContent = many ? texts.many : texts.character;
    bad.setAttribute('aria-invalid', 'true');
    return bad;
  }

  /* one question at a time; what is typed meanwhile is asked about afterwards */
  function look() {
    clearTimeout(timer);
    pending = true;
    timer = setTimeout(lookNow, LOOK_MS);
  }

  function lookNow() {
    clearTimeout(timer);
    pending = false;
    if (unsendable()) return;
    if (busy) { again = true; return; }
    busy = true;
    kvantOrderLook(list());
  }

  const numbers = () => field('numbers').value.split(/[\s,;]+/).filter(number => number);

  /* a list of numbers may be long: it goes there once */
  function list() {
    if (!listed) return [];
    listed = false;
    return [{name: 'listed', value: '1'}, {name: 'numbers', value: numbers().join(' ')}];
  }

  function looked(status) {
    if (status !== 'success') { failed(); return; }
    busy = false;
    fit();
    if (again) { again = false; if (leaving) lookNow(); else look(); }
    else if (leaving) { leaving = false; field('go').disabled = false; send(); }
  }

  dialog.addEventListener('input', e => {
    if (e.target.id === 'order-PASSWORD' || e.target.id === 'order-file') return;
    if (e.target.id === 'order-numbers') listed = true;
    if (e.target.id === 'order-composite') field('touched').value = '1';
    fit();
    look();
  });

  dialog.addEventListener('change', e => {
    if (e.target.id !== 'order-file' || !e.target.files.length) return;
    e.target.files[0].text().then(text => {
      field('numbers').value = text;
      listed = true;
      look();
    });
    e.target.value = '';
  });

  function put(name, value) {
    field(name).value = value;
  }

  function step(input, by) {
    const now = Number(input.value);
    input.value = String(Math.max(0, (Number.isFinite(now) ? now : 0) + by));
    fit();
    look();
  }

  dialog.addEventListener('click', e => {
    const button = e.target.closest('button');
    if (!button) return;
    const d = button.dataset;
    if (d.step) { step($('input', button.parentNode), Number(d.step)); return; }
    if (d.period) { put('CONTRACT_DAY', d.day); put('CONTRACT_HOUR', d.hour); put('PERIOD', d.period); }
    else if (d.from) { put('FROM', d.from); put('TO', d.to); }
    else if (button.id === 'order-go') { send(); return; }
    else return;
    fit();
    look();
  });

  /* ---- sending ---- */
  function send() {
    const go = field('go');
    if (go.disabled || stale()) return;
    const bad = unsendable();
    if (bad) { clearTimeout(timer); bad.focus(); return; }
    go.disabled = true;
    /* what goes out is what stands there: what was typed last is looked at first */
    if (pending || busy) { leaving = true; if (pending) lookNow(); return; }
    busy = true;
    kvantOrderSend(list().concat({name: 'password', value: field('PASSWORD').value}));
  }

  function sent(status, args) {
    if (status !== 'success') { failed(); return; }
    busy = false;
    field('go').disabled = false;
    field('PASSWORD').value = '';
    fit();
    if (args && args.note) {
      dialog.close();
      note(args);
      document.dispatchEvent(new CustomEvent('kvant:news'));
      return;
    }
    const wrong = $('[aria-invalid=true]', dialog) || (field('pass').hidden ? null : field('PASSWORD'));
    if (wrong && wrong.offsetParent) wrong.focus();
  }

  /* the connection broke: nobody knows whether it came there, and the same again is answered as the first time */
  function failed() {
    busy = opening = leaving = false;
    const go = field('go');
    if (go) go.disabled = false;
    if (dialog.open) { const whole = $('#order-whole-said'); whole.className = 'said say da'; whole.textContent = texts.lost; }
    else note({note: texts.lost, bad: true});
  }

  function element(tag, name, text) {
    const e = document.createElement(tag);
    e.className = name;
    e.textContent = text;
    return e;
  }

  /* good news goes by itself, unless somebody is at it; bad news stays */
  function note(args) {
    const toast = element('div', args.bad ? 'toast da' : 'toast', '');
    toast.setAttribute('role', args.bad ? 'alert' : 'status');
    const words = element('div', 'grow', '');
    words.append(element('b', '', args.note));
    if (args.what) words.append(element('div', 'sec few', args.what));
    toast.append(words);
    if (args.link) {
      const see = element('a', 'btn s', texts.see);
      see.href = texts.to + args.link;
      toast.append(see);
    }
    const shut = element('button', 'btn s', '×');
    shut.type = 'button';
    shut.setAttribute('aria-label', $('[data-close]', dialog) ? $('[data-close]', dialog).getAttribute('aria-label') : '');
    shut.addEventListener('click', () => toast.remove());
    if (args.bad) toast.append(shut);
    $('#order-notes').append(toast);
    const leave = () => setTimeout(() => { if (toast.matches(':hover, :focus-within')) leave(); else toast.remove(); }, NOTE_MS);
    if (!args.bad) leave();
  }

  /* ---- keys: before those of the page, which leave dialogues alone ---- */
  addEventListener('keydown', e => {
    if (!dialog.open) return;
    if (e.code === 'Enter' || e.code === 'NumpadEnter') {
      if (e.ctrlKey || e.metaKey) { send(); e.preventDefault(); e.stopPropagation(); }
      else if (e.target.matches('input:not([type=checkbox]):not([type=radio]):not([type=file])')) { e.preventDefault(); e.stopPropagation(); }
      return;
    }
    if ((e.code === 'ArrowUp' || e.code === 'ArrowDown') && e.target.matches('.num input[inputmode=numeric]')) {
      step(e.target, e.code === 'ArrowUp' ? 1 : -1);
      e.preventDefault();
    }
  }, true);
  $('#order-form').addEventListener('submit', e => e.preventDefault());

  /* ---- the entries of the menus ---- */
  document.addEventListener('click', e => {
    const entry = e.target.closest('[data-command]');
    if (!entry) return;
    e.preventDefault();
    ask(entry.dataset.command);
  });

  function able() {
    document.querySelectorAll('[data-command]').forEach(entry => entry.setAttribute('aria-disabled', String(stale())));
    const go = field('go');
    if (go && !busy) go.disabled = stale();
  }
  document.addEventListener('kvant:stale', able);
  document.addEventListener('kvant:dressed', able);

  window.KvantOrder = {show: show, looked: looked, sent: sent};
})();
