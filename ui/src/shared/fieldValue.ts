import { visible } from './format'
import { fullTime } from './time/format'

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/

/** An instant in the chosen zone, anything else as it is, made safe to look at. */
export function timeOrText(value: string, zone: string): string {
  if (instant.test(value)) {
    const millis = Date.parse(value)
    if (!Number.isNaN(millis)) return fullTime(millis, zone)
  }
  return visible(value)
}
