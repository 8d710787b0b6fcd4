/** Times as text in the zone that the person chose. Formatters are costly to build, so each is kept. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone)
  if (!found) {
    found = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: 'short',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      hourCycle: 'h23',
    })
    formatters.set(zone, found)
  }
  return found
}

interface Parts {
  year: string
  month: string
  day: string
  hour: string
  minute: string
  second: string
  fractionalSecond: string
}

export function parts(millis: number, zone: string): Parts {
  const out: Record<string, string> = {}
  for (const part of formatter(zone).formatToParts(millis)) out[part.type] = part.value
  return out as unknown as Parts
}

export const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

export function isZone(zone: string): boolean {
  try {
    formatter(zone)
    return true
  } catch {
    return false
  }
}

/** `24 Nov 06:45:31` */
export function shortTime(millis: number, zone: string): string {
  const p = parts(millis, zone)
  return `${p.day} ${p.month} ${p.hour}:${p.minute}:${p.second}`
}

/** `06:45:31.123` */
export function clockTime(millis: number, zone: string): string {
  const p = parts(millis, zone)
  return `${p.hour}:${p.minute}:${p.second}.${p.fractionalSecond}`
}

/** `24 Nov 2026 06:45:31.123` */
export function fullTime(millis: number, zone: string): string {
  const p = parts(millis, zone)
  return `${p.day} ${p.month} ${p.year} ${p.hour}:${p.minute}:${p.second}.${p.fractionalSecond}`
}

/** `24 Nov 06:45` or, at midnight, `24 Nov`; as short as a label of an axis with this step may be. */
export function axisTime(millis: number, zone: string, step: number): string {
  const p = parts(millis, zone)
  if (step >= 86_400_000) return `${p.day} ${p.month}`
  if (p.hour === '00' && p.minute === '00' && p.second === '00') return `${p.day} ${p.month}`
  return step < 60_000 ? `${p.hour}:${p.minute}:${p.second}` : `${p.hour}:${p.minute}`
}

/** `+01:00` on that day. */
export function zoneOffset(millis: number, zone: string): string {
  const name = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(millis)
    .find((part) => part.type === 'timeZoneName')?.value
  return name === 'GMT' || !name ? '+00:00' : name.replace('GMT', '')
}

/** What a person typed as wall clock time in the zone, as an instant. */
export function fromWallClock(text: string, zone: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)?$/.exec(text.trim())
  if (!match) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '0'] = match
  const wall = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0')}`
  const asUtc = Date.parse(`${wall}Z`)
  if (Number.isNaN(asUtc)) return undefined
  // The offset is that of the instant, which the offset decides: a second look settles it next to a clock change.
  let instant = asUtc
  for (let i = 0; i < 2; i++) instant = Date.parse(`${wall}${zoneOffset(instant, zone)}`)
  return instant
}

// en-GB calls September Sept: three letters are enough to tell the months apart.
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `2026-11-24 06:45:31`, which [fromWallClock] reads back. */
export function wallClock(millis: number, zone: string): string {
  const p = parts(millis, zone)
  const month = String(months.indexOf(p.month.slice(0, 3)) + 1)
  return `${p.year}-${month.padStart(2, '0')}-${p.day} ${p.hour}:${p.minute}:${p.second}`
}

/** `3 min ago` */
export function ago(millis: number, now: number): string {
  const seconds = Math.round((now - millis) / 1000)
  if (seconds < 5) return 'now'
  if (seconds < 90) return `${seconds} s ago`
  if (seconds < 5400) return `${Math.round(seconds / 60)} min ago`
  if (seconds < 129_600) return `${Math.round(seconds / 3600)} h ago`
  return `${Math.round(seconds / 86_400)} d ago`
}

/** `1 d 4 h`, `12 min`, `350 ms` */
export function duration(millis: number): string {
  if (millis < 1000) return `${Math.round(millis)} ms`
  const seconds = Math.floor(millis / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`
  return hours % 24 ? `${Math.floor(hours / 24)} d ${hours % 24} h` : `${Math.floor(hours / 24)} d`
}

/** Milliseconds of an ISO-8601 duration such as `PT5M` or `P1D`. */
export function isoDuration(text: string): number | undefined {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text)
  if (!match) return undefined
  const [, d = '0', h = '0', m = '0', s = '0'] = match
  return Number(d) * 86_400_000 + Number(h) * 3_600_000 + Number(m) * 60_000 + Number(s) * 1000
}
