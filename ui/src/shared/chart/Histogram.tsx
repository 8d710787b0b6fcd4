/**
 * Counts over time, by severity where they are split by score. Drag to choose a range, or click on a bar; the same is
 * possible with the time picker, so nothing here needs a mouse.
 */
import { useEffect, useMemo, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Histogram as Data } from '~/api/types'
import { compact, count } from '~/shared/format'
import { bySeverity, severities, type Severity } from '~/shared/severity'
import { axisTime, isoDuration, shortTime } from '~/shared/time/format'
import { absolute, type Range } from '~/shared/time/range'
import classes from './Histogram.module.css'

interface Props {
  data: Data | null | undefined
  from: number
  to: number
  zone: string
  scheme: string
  noun: string
  /** The buckets are split by risk score. */
  split?: boolean
  onSelect: (range: Range) => void
  height?: number
}

export function Histogram({ data, from, to, zone, scheme, noun, split = false, onSelect, height = 92 }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const select = useRef(onSelect)
  select.current = onSelect
  const [hover, setHover] = useState<{ left: number; text: string }>()
  const step = (data && isoDuration(data.interval)) || Math.max(1000, (to - from) / 60)
  const buckets = useMemo(() => columns(data, from, to, step), [data, from, to, step])

  useEffect(() => {
    const element = host.current!
    const style = getComputedStyle(document.documentElement)
    let pressedAt = -1
    const indexAt = (u: uPlot) => {
      const at = Math.floor(u.posToVal(u.cursor.left ?? -1, 'x') / step) * step
      return { at, bucket: buckets[u.data[0].indexOf(at)] }
    }
    const colour = (name: string) => style.getPropertyValue(name).trim()
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height,
        padding: [6, 10, 0, 0],
        legend: { show: false },
        cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
        scales: { x: { time: false, range: () => [from, to] }, y: { range: (_u, _min, max) => [0, Math.max(1, max * 1.08)] } },
        axes: [
          {
            stroke: colour('--text-3'),
            font: `11px ${colour('--font-text')}`,
            grid: { show: false },
            ticks: { stroke: colour('--line-strong'), size: 4 },
            size: 22,
            gap: 3,
            space: 90,
            incrs: timeSteps,
            values: (_u, at, _axis, _space, increment) => at.map((t) => axisTime(t, zone, increment)),
          },
          {
            stroke: colour('--text-3'),
            font: `11px ${colour('--font-text')}`,
            grid: { stroke: colour('--line'), width: 1 },
            ticks: { show: false },
            size: 46,
            space: 26,
            values: (_u, at) => at.map((n) => (Number.isInteger(n) ? compact(n) : '')),
          },
        ],
        series: [
          {},
          // Each bar reaches up to the sum so far, the whole one first: the worst stands on the ground, in front.
          ...(split ? [...severities].reverse().map(({ severity }) => `--bar-${severity}`) : ['--accent']).map((name) => ({
            stroke: colour(name),
            fill: colour(name),
            width: 0,
            points: { show: false },
            paths: uPlot.paths.bars!({ size: [0.82, 40], align: 1 }),
          })),
        ],
        hooks: {
          setSelect: [
            (u) => {
              if (u.select.width < 4) return
              const start = u.posToVal(u.select.left, 'x')
              const end = u.posToVal(u.select.left + u.select.width, 'x')
              u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
              // Whole buckets, as the person sees them.
              const first = Math.max(from, Math.floor(start / step) * step)
              select.current(absolute(first, Math.max(first + 1000, Math.min(to, Math.ceil(end / step) * step))))
            },
          ],
          setCursor: [
            (u) => {
              const left = u.cursor.left ?? -1
              if (left < 0) return setHover(undefined)
              const { at, bucket } = indexAt(u)
              const parts = bucket && split ? spoken(bySeverity(bucket.split, bucket.count)) : ''
              setHover({ left: left + 46, text: `${count(bucket?.count ?? 0)} ${noun} · ${shortTime(at, zone)}${parts && ` · ${parts}`}` })
            },
          ],
          ready: [
            (u) => {
              u.over.addEventListener('mousedown', (event) => (pressedAt = event.clientX))
              u.over.addEventListener('click', (event) => {
                const { at, bucket } = indexAt(u)
                if (Math.abs(event.clientX - pressedAt) < 4 && bucket && bucket.count > 0 && step > 1000) select.current(absolute(Math.max(from, at), Math.min(to, at + step)))
              })
            },
          ],
        },
      },
      stacked(buckets, split),
      element,
    )
    const resize = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }))
    resize.observe(element)
    return () => {
      resize.disconnect()
      plot.destroy()
    }
  }, [buckets, from, to, zone, scheme, step, height, noun, split])

  const total = buckets.reduce((sum, b) => sum + b.count, 0)
  const busiest = buckets.reduce<Bucket | undefined>((best, b) => (b.count > (best?.count ?? 0) ? b : best), undefined)
  const parts = split ? spoken(sum(buckets)) : ''
  return (
    <figure
      className={classes.histogram}
      style={{ height }}
      aria-label={`${count(total)} ${noun} from ${shortTime(from, zone)} to ${shortTime(to, zone)}${parts && `: ${parts}`}${busiest ? `, most at ${shortTime(busiest.at, zone)}: ${count(busiest.count)}` : ''}`}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the same is said by the figure's label and done by the time picker */}
      <div ref={host} onMouseLeave={() => setHover(undefined)} />
      {hover && (
        <output className={classes.hover} style={{ left: hover.left }} aria-hidden>
          {hover.text}
        </output>
      )}
    </figure>
  )
}

const timeSteps = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600, 2_592_000, 7_776_000, 31_536_000].map((s) => s * 1000)

interface Bucket {
  at: number
  count: number
  split: Readonly<Record<string, number>>
}

/** The buckets in order of time, with an empty one where the server left one out. */
function columns(data: Data | null | undefined, from: number, to: number, step: number): Bucket[] {
  const found = new Map((data?.buckets ?? []).map((b) => [Date.parse(b.start), b]))
  const all: Bucket[] = []
  for (let at = Math.floor(from / step) * step, n = 0; at < to && n < 2000; at += step, n++) {
    all.push({ at, count: found.get(at)?.count ?? 0, split: found.get(at)?.split ?? {} })
    found.delete(at)
  }
  // A bucket off the grid (an interval that is not a divisor of the epoch) must still be seen.
  for (const [at, b] of found) all.push({ at, count: b.count, split: b.split ?? {} })
  return found.size === 0 ? all : all.sort((a, b) => a.at - b.at)
}

function stacked(buckets: readonly Bucket[], split: boolean): uPlot.AlignedData {
  const times = buckets.map((b) => b.at)
  if (!split) return [times, buckets.map((b) => b.count)]
  const series = severities.map((): number[] => [])
  for (const b of buckets) {
    const counts = bySeverity(b.split, b.count)
    let height = 0
    severities.forEach(({ severity }, i) => {
      const n = counts[severity]
      height += n
      // Nothing of this severity: no bar, so that the one behind is not painted over in its colour.
      series[i]!.push(n === 0 ? 0 : height)
    })
  }
  return [times, ...series.reverse()]
}

function sum(buckets: readonly Bucket[]): Record<Severity, number> {
  const all: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, none: 0 }
  for (const b of buckets) for (const [severity, n] of Object.entries(bySeverity(b.split, b.count))) all[severity as Severity] += n
  return all
}

/** `2 critical, 14 low` */
function spoken(counts: Record<Severity, number>): string {
  return severities
    .filter(({ severity }) => counts[severity] > 0)
    .map(({ severity }) => `${count(counts[severity])} ${severity === 'none' ? 'without a score' : severity}`)
    .join(', ')
}
