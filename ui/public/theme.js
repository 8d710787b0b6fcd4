// Runs before the first paint, so that a light screen never flashes dark or the other way round.
;(() => {
  var chosen = null
  try {
    chosen = localStorage.getItem('metron.theme')
  } catch (_) {
    // Storage is switched off: the system's preference decides.
  }
  if (chosen !== 'dark' && chosen !== 'light') {
    chosen = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'
  }
  document.documentElement.setAttribute('data-mantine-color-scheme', chosen)
})()
