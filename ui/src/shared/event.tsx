/** How parts of an event look, the same on every page. */
import type { ReactNode } from 'react'
import { count, text, values, visible } from './format'
import { scoreOf, severityOf } from './severity'
import classes from './event.module.css'

type Fields = Record<string, unknown>

export const first = (event: Fields, field: string): string | undefined => values(event[field])[0]

export const timeOf = (event: Fields): number => Date.parse(text(event['@timestamp']))

export const idOf = (event: Fields): string => text(event['event.id'])

export function Score({ event, large }: { event: Fields; large?: boolean }) {
  const score = scoreOf(event)
  const severity = severityOf(score)
  return (
    <span className={classes.score} data-severity={severity} data-large={large || undefined} title={`Risk score ${score ?? 'unknown'} of 100: ${severity}`}>
      {score === undefined ? '–' : Math.round(score)}
    </span>
  )
}

const statusLabels: Record<string, string> = { new: 'New', open: 'Open', escalated: 'Escalated', resolved: 'Resolved', dismissed: 'Dismissed' }

export const statusLabel = (status: string): string => statusLabels[status.toLowerCase()] ?? status

export function StatusMark({ status }: { status: string }) {
  return (
    <span className={classes.status} data-status={status.toLowerCase()}>
      {statusLabel(status)}
    </span>
  )
}

/** One end of what happened: name or address, port, country. */
export function End({ event, side, brief }: { event: Fields; side: 'source' | 'destination'; brief?: boolean }) {
  const ip = first(event, `${side}.ip`) ?? first(event, `${side}.address`) ?? first(event, `${side}.domain`)
  if (!ip) return <span className="muted">–</span>
  const port = first(event, `${side}.port`)
  const country = first(event, `${side}.geo.country_iso_code`)
  return (
    <span className={classes.end} data-short={ip.length <= 15 || undefined}>
      <span className="mono clip">{visible(ip, 60)}</span>
      {port && !brief && <span className={`mono ${classes.port}`}>:{port}</span>}
      {country && <Country code={country} name={first(event, `${side}.geo.country_name`)} />}
    </span>
  )
}

/** The country's code: a flag says less than two letters at this size, and some systems have none. */
export function Country({ code, name }: { code: string; name?: string }) {
  return (
    <abbr className={classes.country} title={name ?? code}>
      {visible(code, 4)}
    </abbr>
  )
}

export function Entities({ event }: { event: Fields }) {
  const hasNetwork = ['source.ip', 'destination.ip', 'source.domain', 'destination.domain'].some((f) => event[f] !== undefined)
  const host = first(event, 'host.name') ?? first(event, 'host.hostname')
  return (
    <span className={classes.entities}>
      {hasNetwork && (
        <>
          <End event={event} side="source" brief />
          <span className="muted">
            <span aria-hidden>→</span>
            <span className="visually-hidden">to</span>
          </span>
          <End event={event} side="destination" />
        </>
      )}
      {!hasNetwork && host && <span className="clip">{visible(host, 80)}</span>}
    </span>
  )
}

export function reasonOf(event: Fields): string {
  return visible(first(event, 'event.reason') ?? first(event, 'rule.name') ?? first(event, 'message') ?? first(event, 'event.original') ?? 'No reason given', 400)
}

export const sensorOf = (event: Fields): string => first(event, 'metron.sensor') ?? first(event, 'event.module') ?? first(event, 'event.dataset') ?? ''

/** A sentence for an event of any kind, from what its fields say. */
export function summaryOf(event: Fields, withEnds = true): string {
  const f = (name: string) => first(event, name)
  const flow = withEnds && f('source.ip') && `${f('source.ip')} → ${f('destination.ip') ?? '?'}${f('destination.port') ? `:${f('destination.port')}` : ''}`
  const what =
    f('event.reason') ??
    (f('dns.question.name') && `DNS ${f('dns.question.type') ?? ''} ${f('dns.question.name')}`) ??
    (f('url.original') && `${f('http.request.method') ?? 'GET'} ${f('url.original')}`) ??
    (f('url.full') && `${f('http.request.method') ?? 'GET'} ${f('url.full')}`) ??
    (f('tls.client.server_name') && `TLS ${f('tls.client.server_name')}`) ??
    (f('file.name') && `file ${f('file.name')}`) ??
    f('rule.name') ??
    (f('network.protocol') && `${f('network.protocol')} ${f('network.bytes') ? `${count(Number(f('network.bytes')))} B` : ''}`) ??
    f('message') ??
    f('event.original') ??
    f('event.action') ??
    ''
  return visible([what, what === flow ? '' : flow].filter(Boolean).join(' · '), 400)
}

/** Text with the places where the query matched marked; the server puts them between U+E000 and U+E001. */
export function Highlighted({ text: raw }: { text: string }): ReactNode {
  const parts = raw.split(/[\ue000\ue001]/)
  return parts.map((part, i) => (i % 2 ? <mark key={i} className={classes.mark}>{visible(part, 400)}</mark> : visible(part, 400)))
}
