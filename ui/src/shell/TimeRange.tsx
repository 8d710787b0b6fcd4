import { Button, Popover, TextInput } from '@mantine/core'
import { IconCalendarTime, IconChevronLeft, IconChevronRight, IconZoomOut } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { absolute, bounds, isRelative, quickRanges, type Range, resolve, shift } from '~/shared/time/range'
import { fromWallClock, shortTime, wallClock } from '~/shared/time/format'
import { useFrame } from '~/url'
import classes from './TimeRange.module.css'

export function TimeRange() {
  const { range, zone, setRange } = useFrame()
  const [open, setOpen] = useState(false)
  const move = (direction: -1 | 0 | 1) => setRange(shift(range, direction, Date.now()))
  return (
    <div className={classes.range} role="group" aria-label="Time range">
      <button type="button" className={classes.step} onClick={() => move(-1)} aria-label="Earlier" title="Earlier">
        <IconChevronLeft size={15} />
      </button>
      <Popover opened={open} onChange={setOpen} position="bottom-end" width={420} trapFocus>
        <Popover.Target>
          <button type="button" className={classes.current} onClick={() => setOpen(!open)} aria-label={`Time range: ${label(range, zone)}`}>
            <IconCalendarTime size={15} stroke={1.6} aria-hidden />
            <span className="num">{label(range, zone)}</span>
          </button>
        </Popover.Target>
        <Popover.Dropdown p={0}>
          {open && (
            <Choice
              range={range}
              zone={zone}
              onChoose={(chosen) => {
                setOpen(false)
                void setRange(chosen)
              }}
            />
          )}
        </Popover.Dropdown>
      </Popover>
      <button type="button" className={classes.step} onClick={() => move(1)} aria-label="Later" title="Later">
        <IconChevronRight size={15} />
      </button>
      <button type="button" className={classes.step} onClick={() => move(0)} aria-label="Twice as long" title="Twice as long">
        <IconZoomOut size={15} />
      </button>
    </div>
  )
}

const units: Record<string, string> = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week' }

export function label(range: Range, zone: string): string {
  const quick = quickRanges.find(({ range: q }) => q.from === range.from && q.to === range.to)
  if (quick) return quick.label
  const last = range.to === 'now' ? /^now-(\d+)([smhdw])$/.exec(range.from) : null
  if (last) return `Last ${last[1]} ${units[last[2]!]}${last[1] === '1' ? '' : 's'}`
  const side = (text: string) => (isRelative(text) ? text : shortTime(resolve(text, Date.now()) ?? 0, zone))
  return `${side(range.from)} – ${side(range.to)}`
}

function Choice({ range, zone, onChoose }: { range: Range; zone: string; onChoose: (range: Range) => void }) {
  const now = Date.now()
  const [from, setFrom] = useState(() => (isRelative(range.from) ? range.from : wallClock(bounds(range, now).from, zone)))
  const [to, setTo] = useState(() => (isRelative(range.to) ? range.to : wallClock(bounds(range, now).to, zone)))
  const fromAt = read(from, zone, now)
  const toAt = read(to, zone, now)
  const fromFault = fromAt === undefined ? 'Write 2026-11-24 06:45 or now-4h' : undefined
  const toFault = toAt === undefined ? 'Write 2026-11-24 06:45 or now' : fromAt !== undefined && toAt <= fromAt ? 'This is before the start' : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (fromAt === undefined || toAt === undefined || toAt <= fromAt) return
    const exact = absolute(fromAt, toAt)
    onChoose({ from: isRelative(from) ? from.trim() : exact.from, to: isRelative(to) ? to.trim() : exact.to })
  }
  return (
    <div className={classes.choice}>
      <ul aria-label="Quick ranges">
        {quickRanges.map((quick) => (
          <li key={quick.label}>
            <button type="button" onClick={() => onChoose(quick.range)} aria-pressed={quick.range.from === range.from && quick.range.to === range.to}>
              {quick.label}
            </button>
          </li>
        ))}
      </ul>
      <form onSubmit={submit}>
        <TextInput label="From" value={from} onChange={(e) => setFrom(e.currentTarget.value)} error={fromFault} spellCheck={false} data-autofocus />
        <TextInput label="To" value={to} onChange={(e) => setTo(e.currentTarget.value)} error={toFault} spellCheck={false} />
        <p className="muted">Wall clock in {zone}, or relative: now, now-15m, now-4h, now-7d.</p>
        <Button type="submit" fullWidth disabled={Boolean(fromFault ?? toFault)}>
          Apply
        </Button>
      </form>
    </div>
  )
}

const read = (text: string, zone: string, now: number) => fromWallClock(text, zone) ?? resolve(text, now)
