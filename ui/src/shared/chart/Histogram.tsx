/** Counts over time. Drag to choose a range; the same is possible with the time picker, so nothing here needs a mouse. */
import { useEffect, useMemo, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Histogram as Data } from '~/api/types'
import { compact, count } from '~/shared/format'
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
  onSelect: (range: Range) => void
  height?: number
}

export function Histogram({ data, from, to, zone, scheme, noun, onSelect, height = 92 }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const select = useRef(onSelect)
  select.current = onSelect
  const [hover, setHover] = useState<{ left: number; text: string }>()
  const step = (data && isoDuration(data.interval)) || Math.max(1000, (to - from) / 60)
  const series = useMemo(() => columns(data, from, to, step), [data, from, to, step])

  useEffect(() => {
    const element = host.current!
    const style = getComputedStyle(document.documentElement)
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
          {
            stroke: colour('--accent'),
            fill: colour('--accent'),
            width: 0,
            points: { show: false },
            paths: uPlot.paths.bars!({ size: [0.82, 40], align: 1 }),
          },
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
              const at = Math.floor(u.posToVal(left, 'x') / step) * step
              const i = u.data[0].indexOf(at)
              const value = i < 0 ? 0 : (u.data[1]![i] ?? 0)
              setHover({ left: left + 46, text: `${count(value as number)} ${noun} · ${shortTime(at, zone)}` })
            },
          ],
        },
      },
      series as uPlot.AlignedData,
      element,
    )
    const resize = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }))
    resize.observe(element)
    return () => {
      resize.disconnect()
      plot.destroy()
    }
  }, [series, from, to, zone, scheme, step, height, noun])

  const total = data?.buckets.reduce((sum, b) => sum + b.count, 0) ?? 0
  const busiest = data?.buckets.reduce<{ start: string; count: number } | undefined>((best, b) => (!best || b.count > best.count ? b : best), undefined)
  return (
    <figure
      className={classes.histogram}
      style={{ height }}
      aria-label={`${count(total)} ${noun} from ${shortTime(from, zone)} to ${shortTime(to, zone)}${busiest ? `, most at ${shortTime(Date.parse(busiest.start), zone)}: ${count(busiest.count)}` : ''}`}
    >
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

/** Buckets as columns, with zero where the server left an empty one out. */
function columns(data: Data | null | undefined, from: number, to: number, step: number): [number[], number[]] {
  const found = new Map((data?.buckets ?? []).map((b) => [Date.parse(b.start), b.count]))
  const at: number[] = []
  const counts: number[] = []
  const first = Math.floor(from / step) * step
  for (let t = first, n = 0; t < to && n < 2000; t += step, n++) {
    at.push(t)
    counts.push(found.get(t) ?? 0)
    found.delete(t)
  }
  // A bucket off the grid (an interval that is not a divisor of the epoch) must still be seen.
  if (found.size === 0) return [at, counts]
  const all = [...at.map((t, i) => [t, counts[i]!] as const), ...found.entries()].sort((a, b) => a[0] - b[0])
  return [all.map(([t]) => t), all.map(([, n]) => n)]
}
