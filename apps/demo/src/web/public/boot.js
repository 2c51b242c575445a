// Before the first paint: the theme that was chosen, and which place is asked for, so that nothing of another flashes up.
(() => {
  const root = document.documentElement;
  const place = /^#\/([a-z]+)/.exec(location.hash);
  root.dataset.place = place ? place[1] : 'start';
  try {
    const theme = localStorage.getItem('rectify-theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  } catch {
    // A browser that keeps nothing keeps no theme either.
  }
})();
