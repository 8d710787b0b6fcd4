import { localStorageColorSchemeManager } from '@mantine/core'

export const colorSchemeManager = localStorageColorSchemeManager({ key: 'metron.theme' })

/** What theme.js put on the document before the first paint. */
export function initialScheme(): 'dark' | 'light' {
  return document.documentElement.getAttribute('data-mantine-color-scheme') === 'light' ? 'light' : 'dark'
}
