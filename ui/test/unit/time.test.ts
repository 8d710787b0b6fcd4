import { describe, expect, it } from 'vitest'
import { ago, axisTime, duration, fromWallClock, fullTime, isoDuration, isZone, shortTime, wallClock } from '../../src/shared/time/format'
import { bounds, defaultRange, resolve, shift } from '../../src/shared/time/range'
import { frameSearch, listSearch, parseSort } from '../../src/url'

const now = Date.parse('2026-11-24T06:45:31.123Z')

describe('times', () => {
  it('are shown in the chosen zone', () => {
    expect(fullTime(now, 'UTC')).toBe('24 Nov 2026 06:45:31.123')
    expect(shortTime(now, 'America/New_York')).toBe('24 Nov 01:45:31')
    expect(fullTime(now, 'Asia/Kathmandu')).toBe('24 Nov 2026 12:30:31.123')
  })
  it('are read back from what a person types, also next to a clock change', () => {
    for (const zone of ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu']) {
      for (let month = 0; month < 12; month++) {
        const instant = Date.UTC(2026, month, 25, 13, 4, 5)
        expect(fromWallClock(wallClock(instant, zone), zone)).toBe(instant)
      }
    }
    expect(fromWallClock('2026-03-29 03:30', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T01:30:00Z'))
    expect(fromWallClock('yesterday', 'UTC')).toBeUndefined()
    expect(fromWallClock('2026-13-45', 'UTC')).toBeUndefined()
  })
  it('are short on an axis', () => {
    expect(axisTime(Date.parse('2026-11-24T00:00:00Z'), 'UTC', 3_600_000)).toBe('24 Nov')
    expect(axisTime(now, 'UTC', 3_600_000)).toBe('06:45')
    expect(axisTime(now, 'UTC', 1000)).toBe('06:45:31')
  })
  it('say how long', () => {
    expect(ago(now - 3 * 60_000, now)).toBe('3 min ago')
    expect(duration(93_784_000)).toBe('1 d 2 h')
    expect(isoDuration('PT1H30M')).toBe(5_400_000)
    expect(isoDuration('P1D')).toBe(86_400_000)
    expect(isoDuration('soon')).toBeUndefined()
  })
})

describe('ranges', () => {
  it('resolve relative and absolute ends', () => {
    expect(resolve('now', now)).toBe(now)
    expect(resolve('now-15m', now)).toBe(now - 900_000)
    expect(resolve('2026-11-24T00:00:00Z', now)).toBe(Date.parse('2026-11-24T00:00:00Z'))
    expect(resolve('42', now)).toBeUndefined()
  })
  it('move by their own length', () => {
    const earlier = shift({ from: 'now-1h', to: 'now' }, -1, now)
    expect(bounds(earlier, now)).toEqual({ from: now - 7_200_000, to: now - 3_600_000 })
  })
})

describe('a URL of a stranger', () => {
  it('becomes the default where it cannot be used', () => {
    expect(frameSearch({ from: 'now', to: 'now-1h', tz: 'Mars/Base' })).toMatchObject(defaultRange)
    expect(isZone(frameSearch({ tz: '../../x' }).tz)).toBe(true)
    expect(frameSearch({ from: ['x'], to: { y: 1 } })).toMatchObject(defaultRange)
    expect(listSearch({ q: 12, cols: '', sort: null })).toEqual({ q: '12', cols: undefined, sort: undefined, open: undefined })
  })
  it('names a sort order', () => {
    expect(parseSort('-event.risk_score', '-@timestamp')).toEqual({ field: 'event.risk_score', descending: true })
    expect(parseSort(undefined, '-@timestamp')).toEqual({ field: '@timestamp', descending: true })
  })
})
