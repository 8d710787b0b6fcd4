import { bytes, visible } from './format'
import { duration, fullTime } from './time/format'

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/

/** An instant in the chosen zone, anything else as it is, made safe to look at. */
export function timeOrText(value: string, zone: string): string {
  if (instant.test(value)) {
    const millis = Date.parse(value)
    if (!Number.isNaN(millis)) return fullTime(millis, zone)
  }
  return visible(value)
}

/** What a number of that field means to a person, where the number alone does not say it. */
export function meaning(field: string, value: string): string | undefined {
  const n = Number(value)
  if (value === '' || !Number.isFinite(n)) return undefined
  // ECS counts it in nanoseconds.
  if (field === 'event.duration') return n < 1e6 ? `${n / 1e3} µs` : n < 1e9 ? `${Number((n / 1e6).toPrecision(3))} ms` : duration(n / 1e6)
  if (/(^|\.)bytes$|^file\.size$/.test(field) && n >= 10_000) return bytes(n)
  return undefined
}
