/** Time ranges as they stand in the URL: an ISO instant or an expression relative to now, such as `now-24h`. */
export interface Range {
  from: string
  to: string
}

export const defaultRange: Range = { from: 'now-24h', to: 'now' }

export const quickRanges: readonly { label: string; range: Range }[] = [
  { label: 'Last 15 minutes', range: { from: 'now-15m', to: 'now' } },
  { label: 'Last hour', range: { from: 'now-1h', to: 'now' } },
  { label: 'Last 4 hours', range: { from: 'now-4h', to: 'now' } },
  { label: 'Last 24 hours', range: { from: 'now-24h', to: 'now' } },
  { label: 'Last 7 days', range: { from: 'now-7d', to: 'now' } },
  { label: 'Last 30 days', range: { from: 'now-30d', to: 'now' } },
  { label: 'Last 90 days', range: { from: 'now-90d', to: 'now' } },
]

const unitMillis: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }
const relative = /^now(?:([+-])(\d{1,6})([smhdw]))?$/

/** Epoch milliseconds, or undefined for text that is neither an instant nor relative. */
export function resolve(text: string, now: number): number | undefined {
  const match = relative.exec(text.trim())
  if (match) {
    const [, sign, amount, unit] = match
    if (!amount || !unit) return now
    return now + (sign === '-' ? -1 : 1) * Number(amount) * (unitMillis[unit] ?? 0)
  }
  if (!/^\d{4}-\d{2}-\d{2}/.test(text.trim())) return undefined
  const millis = Date.parse(text.trim())
  return Number.isNaN(millis) ? undefined : millis
}

export function isRelative(text: string): boolean {
  return relative.test(text.trim())
}

/** From and to in milliseconds; an unreadable or empty range becomes the default one. */
export function bounds(range: Range, now: number): { from: number; to: number } {
  const from = resolve(range.from, now)
  const to = resolve(range.to, now)
  if (from !== undefined && to !== undefined && from < to) return { from, to }
  return { from: resolve(defaultRange.from, now)!, to: now }
}

export function isUsable(range: Range, now: number): boolean {
  const from = resolve(range.from, now)
  const to = resolve(range.to, now)
  return from !== undefined && to !== undefined && from < to
}

/** The range of the same length right before (-1) or after (1), absolute; or twice as long around the same middle (0). */
export function shift(range: Range, direction: -1 | 0 | 1, now: number): Range {
  const { from, to } = bounds(range, now)
  const length = to - from
  if (direction === 0) return absolute(from - length / 2, Math.min(now, to + length / 2))
  return absolute(from + direction * length, to + direction * length)
}

export function absolute(from: number, to: number): Range {
  return { from: new Date(Math.round(from)).toISOString(), to: new Date(Math.round(to)).toISOString() }
}

export function around(instant: number, minutes: number): Range {
  return absolute(instant - minutes * 60_000, instant + minutes * 60_000)
}
