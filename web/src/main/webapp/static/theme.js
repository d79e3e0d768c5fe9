/* The theme that was chosen on this browser, else the system's. Runs before the first paint. */
(() => {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const stored = () => localStorage.getItem('kvant.theme');
  const apply = () => { root.dataset.theme = stored() || (system.matches ? 'dark' : 'light'); };
  apply();
  system.addEventListener('change', apply);
  addEventListener('storage', apply);
  addEventListener('click', event => {
    if (event.target.closest('[data-toggle-theme]')) {
      localStorage.setItem('kvant.theme', root.dataset.theme === 'dark' ? 'light' : 'dark');
      apply();
    }
  });
})();
