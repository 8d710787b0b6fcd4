const whole = new Intl.NumberFormat('en-US')
const compactFormat = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })

/** `1,000,000` */
export const count = (n: number): string => whole.format(n)

/** `1M` */
export const compact = (n: number): string => (n < 10_000 ? whole.format(n) : compactFormat.format(n))

export function bytes(n: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']
  let value = n
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`
}

export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`

/** A field's value as one line of text. */
export function text(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(text).join(', ')
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value)
}

/** The value's members; a single value is a list of one. */
export function values(value: unknown): string[] {
  if (value === null || value === undefined) return []
  return Array.isArray(value) ? value.map(text) : [text(value)]
}

// C0, DEL and C1 controls, and the bidirectional controls that can make a line read as another one.
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Text of an event as a person may look at it: controls and direction marks shown as their code, length bounded. */
export function visible(value: string, limit = 20_000): string {
  const cut = value.length > limit ? `${value.slice(0, limit)}…` : value
  return cut.replace(unsafe, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
