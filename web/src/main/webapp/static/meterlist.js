/* The page of a list: sends the file, and looks how far the server is until it is done. */
'use strict';
(function () {
  const LOOK_MS = 700;
  const file = document.getElementById('file');
  const sent = document.getElementById('sent');

  file.addEventListener('change', () => {
    const chosen = file.files[0];
    if (!chosen) return;
    if (chosen.size > Number(file.dataset.most)) { say(file.dataset.large, true); file.value = ''; return; }
    send(chosen);
  });

  function send(chosen) {
    const body = new FormData();
    body.append('file', chosen);
    const request = new XMLHttpRequest();
    request.open('POST', 'meters-upload');
    request.setRequestHeader('X-Kvant-Page', 'list');
    request.upload.onprogress = e => say(file.dataset.sending + ' ' + Math.floor(100 * e.loaded / e.total) + ' %');
    request.onload = () => {
      if (request.status === 200 && /^\d+$/.test(request.responseText)) location.href = 'meterlist.xhtml?id=' + request.responseText;
      else say(request.status === 413 ? file.dataset.large : file.dataset.lost, true);
      file.value = '';
    };
    request.onerror = () => { say(file.dataset.lost, true); file.value = ''; };
    request.send(body);
  }

  function say(text, wrong) {
    sent.textContent = text;
    sent.className = wrong ? 'cell-d' : '';
  }

  async function look() {
    try {
      const answer = await fetch(location.href, {headers: {Accept: 'text/html'}});
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById('list');
      if (!fresh) { location.reload(); return; }
      /* a form carries the state of its own view: the whole page comes anew when there is one */
      if (fresh.dataset.busy !== 'true') { location.reload(); return; }
      document.getElementById('list').replaceChildren(...fresh.childNodes);
    } catch (e) {
      say(file.dataset.lost, true);
    }
    later();
  }

  function later() {
    if (document.getElementById('list').dataset.busy === 'true') setTimeout(look, LOOK_MS);
  }

  later();
})();
