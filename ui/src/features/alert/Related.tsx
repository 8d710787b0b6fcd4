import { SegmentedControl } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { relatedQuery } from '~/api/queries'
import type { EventFields } from '~/api/types'
import { idOf, sensorOf, summaryOf, timeOf } from '~/shared/event'
import { compact, count, visible } from '~/shared/format'
import { Busy, Empty, Failure } from '~/shared/states'
import { clockTime, duration } from '~/shared/time/format'
import { absolute } from '~/shared/time/range'
import classes from './AlertPage.module.css'

const windows = [
  { value: 'PT5M', label: '± 5 min', minutes: 5 },
  { value: 'PT30M', label: '± 30 min', minutes: 30 },
  { value: 'PT4H', label: '± 4 h', minutes: 240 },
] as const

const kindLabels: Record<string, string> = { flow: 'Same flow', host: 'Host', user: 'User', indicator: 'Indicator' }

/** Scrolls to where the alert is: its half hour began long before. */
function showOwn(list: HTMLOListElement | null) {
  const own = list?.querySelector<HTMLElement>('[data-own]')
  if (list && own) list.scrollTop = own.offsetTop - list.clientHeight / 2
}

const nameOf = (group: { kind: string; key: string }) => `${group.kind} ${group.key}`

/** What else happened around the alert, as one line of time with the alert on it. */
export function Related({ id, event, zone }: { id: string; event: EventFields; zone: string }) {
  const [span, setSpan] = useState<(typeof windows)[number]['value']>('PT30M')
  const [chosen, setChosen] = useState<string>()
  const related = useQuery({ ...relatedQuery(id, span, span), placeholderData: keepPreviousData })
  const groups = related.data?.groups ?? []
  const group = groups.find((g) => nameOf(g) === chosen) ?? groups.find((g) => g.total > 0) ?? groups[0]
  const minutes = windows.find((w) => w.value === span)!.minutes
  const at = timeOf(event)
  const range = absolute(at - minutes * 60_000, at + minutes * 60_000)
  const entries = useMemo(() => {
    const others = (group?.events ?? []).map((e) => e as EventFields).filter((e) => idOf(e) !== id)
    return [...others, event].sort((a, b) => timeOf(a) - timeOf(b))
  }, [group, event, id])
  return (
    <section className="panel" aria-labelledby="related-title">
      <header>
        <h2 id="related-title">Around it</h2>
        <div className={classes.groups} role="group" aria-label="Related by">
          {groups.map((g) => (
            <button key={nameOf(g)} type="button" aria-pressed={g === group} onClick={() => setChosen(nameOf(g))} title={visible(`${kindLabels[g.kind] ?? g.kind} ${g.key}`, 160)}>
              {/* Two hosts are two ends of it: the name says which. */}
              {kindLabels[g.kind] ?? g.kind}
              {(g.kind === 'host' || g.kind === 'user') && ` ${visible(g.key, 24)}`} <span className="num">{compact(g.total)}</span>
            </button>
          ))}
        </div>
        <span className="spacer" />
        <SegmentedControl size="xs" aria-label="Time around the alert" value={span} onChange={(v) => setSpan(v as typeof span)} data={windows.map(({ value, label }) => ({ value, label }))} />
      </header>
      <Busy active={related.isFetching} label="Loading related events" />
      <div className={classes.related}>
        {related.isError ? (
          <Failure error={related.error} retry={() => void related.refetch()} compact />
        ) : related.isPending ? (
          <div className={classes.ghosts} aria-hidden />
        ) : groups.length === 0 || entries.length <= 1 ? (
          <Empty title="Nothing else in this time" compact>
            No other event shares the flow, host or user. A longer time may show more.
          </Empty>
        ) : (
          <ol
            key={`${group && nameOf(group)} ${related.dataUpdatedAt}`}
            ref={showOwn}
            className={classes.timeline}
          >
            {entries.map((e, i) => {
              const before = entries[i - 1]
              const gap = before ? timeOf(e) - timeOf(before) : 0
              const own = e === event
              return (
                <li key={`${idOf(e)}-${i}`} data-own={own || undefined} data-alert={e['metron.is_alert'] === true || undefined}>
                  {gap > (minutes * 60_000) / 4 && <span className={classes.gap}>{duration(gap)} without events</span>}
                  <span className={`mono ${classes.when}`}>{clockTime(timeOf(e), zone)}</span>
                  <span className={classes.dot} aria-hidden />
                  <span className={`clip ${classes.by}`}>{visible(sensorOf(e), 24)}</span>
                  {own ? (
                    <strong className="clip">This alert: {summaryOf(e)}</strong>
                  ) : (
                    <Link to={'/search' as never} search={((s: object) => ({ ...s, ...range, q: group?.query, open: idOf(e) })) as never} className="clip">
                      {summaryOf(e)}
                    </Link>
                  )}
                </li>
              )
            })}
          </ol>
        )}
      </div>
      {group && group.total > 0 && (
        <footer className={classes.more}>
          {group.events.length < group.total && <span className="muted num">{count(group.events.length)} of {count(group.total)} shown</span>}
          <span className="spacer" />
          <Link to={'/search' as never} search={((s: object) => ({ ...s, ...range, q: group.query })) as never}>
            All of them in Search
          </Link>
        </footer>
      )}
    </section>
  )
}
