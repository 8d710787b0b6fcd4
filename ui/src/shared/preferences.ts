/**
 * What a person has chosen for the console. It is kept with their account, so that it is there on every machine, and in
 * this browser, so that the first paint has it.
 */
import { answer, http } from '~/api/client'

export const preferenceKeys = ['theme', 'zone', 'alerts.columns', 'search.columns'] as const
export type PreferenceKey = (typeof preferenceKeys)[number]

const local = (key: PreferenceKey) => `metron.${key}`

export function preference(key: PreferenceKey): string | undefined {
  try {
    return localStorage.getItem(local(key)) ?? undefined
  } catch {
    // Storage is switched off: there is nothing kept.
    return undefined
  }
}

function keep(key: PreferenceKey, value: string | undefined) {
  try {
    if (value === undefined) localStorage.removeItem(local(key))
    else localStorage.setItem(local(key), value)
  } catch {
    // Storage is switched off: the account still keeps it.
  }
}

const waiting = new Map<PreferenceKey, ReturnType<typeof setTimeout>>()

/** Keeps a choice, or forgets it: the console's own one is then back. */
export function prefer(key: PreferenceKey, value: string | undefined) {
  keep(key, value)
  clearTimeout(waiting.get(key))
  // Somebody who moves a column five places makes one change, not five.
  waiting.set(
    key,
    setTimeout(() => {
      waiting.delete(key)
      const params = { path: { key } }
      const sent = value === undefined ? http.DELETE('/api/v1/settings/{key}', { params }) : http.PUT('/api/v1/settings/{key}', { params, body: { value } })
      // Not worth a message: it stays chosen here, and the next change is sent again.
      void sent.catch(() => undefined)
    }, 500),
  )
}

/** Takes over what the account has; what another person chose in this browser goes, but for the theme of a dark room. */
export async function loadPreferences(): Promise<void> {
  const kept = await answer(http.GET('/api/v1/settings'))
  for (const key of preferenceKeys) {
    if (waiting.has(key)) continue
    if (kept[key] !== undefined || key !== 'theme') keep(key, kept[key])
  }
}
