/* Shows and hides the password; sends the form once. */
addEventListener('click', event => {
  const button = event.target.closest('[data-show]');
  if (button) {
    const field = document.getElementById(button.dataset.show);
    const show = field.type === 'password';
    field.type = show ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(show));
    field.focus();
  }
});
addEventListener('submit', event => {
  if (event.target.dataset.sent) {
    event.preventDefault();
  }
  event.target.dataset.sent = 'yes';
});
addEventListener('pageshow', () => document.querySelectorAll('form').forEach(form => delete form.dataset.sent));
