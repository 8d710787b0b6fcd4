import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { healthQuery } from '~/api/queries'
import type { HealthView } from '~/api/types'
import { bytes, compact, count, visible } from '~/shared/format'
import { useNow } from '~/shared/hooks'
import { term } from '~/shared/query/text'
import { Failure, PageLoading } from '~/shared/states'
import { ago, duration, fullTime } from '~/shared/time/format'
import { useRefusal } from '~/shell/session'
import { useFrame } from '~/url'
import { DeadLetters } from './DeadLetters'
import classes from './HealthPage.module.css'

export function HealthPage() {
  const health = useQuery(healthQuery)
  const { zone } = useFrame()
  const now = useNow(2000)
  const refused = useRefusal('analyst')
  if (health.isPending) return <PageLoading />
  if (health.isError && !health.data) return <Failure error={health.error} retry={() => void health.refetch()} />
  const { status, parts, sensors, ledger, store, uptimeSeconds, version } = health.data
  const rate = sensors.reduce((sum, s) => sum + s.eventsPerSecond, 0)
  const lag = sensors.reduce((sum, s) => sum + s.lag, 0)
  const unwell = parts.filter((p) => p.status !== 'ok')
  return (
    <div className={classes.page}>
      {health.isError && (
        <p className={classes.stale} role="alert">
          Metron does not answer any more. These figures are {ago(health.dataUpdatedAt, now).replace('now', 'a moment')} old.
        </p>
      )}
      <section className={classes.state} data-status={status} aria-label="State">
        <StatusIcon status={status} size={26} />
        <div>
          <h2>{status === 'ok' ? 'All parts are well' : status === 'degraded' ? 'Running, with something to look at' : 'Something is down'}</h2>
          <p>
            Version {version}, up {duration(uptimeSeconds * 1000)}
          </p>
        </div>
        <dl className={classes.figures}>
          <Figure label="Events per second" value={rate < 100 ? rate.toFixed(1) : count(Math.round(rate))} />
          <Figure label="Waiting in the log" value={count(lag)} tone={lag > 10_000 ? 'warning' : undefined} />
          <Figure label="Newest event" value={store?.newestEvent ? ago(Date.parse(store.newestEvent), now) : 'none'} />
          <Figure label="Events kept" value={store ? compact(store.documents) : 'unknown'} />
          <Figure label="On disk" value={store ? bytes(store.bytes) : 'unknown'} note={store ? `${count(store.partitions)} partitions` : undefined} />
        </dl>
      </section>

      <div className={classes.two}>
        <section className="panel" aria-labelledby="parts-title">
          <header>
            <h2 id="parts-title">Parts</h2>
            <span className="muted">{unwell.length ? `${unwell.length} of ${parts.length} not well` : `${parts.length}, all well`}</span>
          </header>
          <ul className={classes.parts}>
            {[...unwell, ...parts.filter((p) => p.status === 'ok')].map((part) => (
              <li key={part.name}>
                <StatusIcon status={part.status} size={16} />
                <span>{part.name}</span>
                <span className="muted">{part.reason ? visible(part.reason, 400) : part.status === 'ok' ? '' : part.status}</span>
              </li>
            ))}
          </ul>
        </section>
        <LedgerPanel ledger={ledger} />
      </div>

      <section className="panel" aria-labelledby="sensors-title">
        <header>
          <h2 id="sensors-title">Sensors</h2>
          <span className="muted num">{sensors.length}</span>
        </header>
        {sensors.length === 0 ? (
          <p className={classes.note}>Nothing has arrived yet. Point a collector at Metron, or run bin/metron ingest with a file.</p>
        ) : (
          <div className={classes.scroll} tabIndex={0} role="region" aria-label="Sensors, scrollable">
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">Sensor</th>
                  <th scope="col">Last event</th>
                  <th scope="col">Events/s</th>
                  <th scope="col">Waiting</th>
                  <th scope="col">Received</th>
                  <th scope="col">Indexed</th>
                  <th scope="col">Filtered</th>
                  <th scope="col">Dead letters</th>
                </tr>
              </thead>
              <tbody>
                {sensors.map((s) => {
                  const last = s.lastEvent ? Date.parse(s.lastEvent) : undefined
                  const silent = last === undefined || now - last > 3_600_000
                  return (
                    <tr key={s.name}>
                      <th scope="row">
                        <Link to={'/search' as never} search={((before: object) => ({ ...before, q: term('metron.sensor', s.name) })) as never}>
                          {visible(s.name, 60)}
                        </Link>
                      </th>
                      <td className={silent ? classes.warn : undefined} title={last ? fullTime(last, zone) : undefined}>
                        {last ? ago(last, now) : 'never'}
                        {silent && ', silent'}
                      </td>
                      <td>{s.eventsPerSecond < 100 ? s.eventsPerSecond.toFixed(1) : count(Math.round(s.eventsPerSecond))}</td>
                      <td className={s.lag > 10_000 ? classes.warn : undefined}>{count(s.lag)}</td>
                      <td>{count(s.received)}</td>
                      <td>{count(s.indexed)}</td>
                      <td>{count(s.filtered)}</td>
                      <td>
                        {s.deadLetters > 0 ? (
                          <Link to={'/operate/health' as never} search={((before: object) => ({ ...before, sensor: s.name })) as never} hash="dead-letters">
                            {count(s.deadLetters)}
                          </Link>
                        ) : (
                          '0'
                        )}
                      </td>
                    </tr>
                  )
                })}
              </tbody>
            </table>
          </div>
        )}
      </section>

      <DeadLetters zone={zone} refused={refused} />
    </div>
  )
}

function Figure({ label, value, note, tone }: { label: string; value: string; note?: string; tone?: 'warning' }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className={`num ${tone ? classes.warn : ''}`} title={note}>
        {value}
      </dd>
    </div>
  )
}

export function StatusIcon({ status, size }: { status: string; size: number }) {
  if (status === 'ok') return <IconCircleCheck size={size} stroke={1.7} color="var(--good)" role="img" aria-label="Well" />
  if (status === 'degraded') return <IconAlertTriangle size={size} stroke={1.7} color="var(--warning)" role="img" aria-label="Needs attention" />
  return <IconCircleX size={size} stroke={1.7} color="var(--bad)" role="img" aria-label="Down" />
}

/** Received = indexed + filtered + dead letters + waiting, to the unit. */
function LedgerPanel({ ledger }: { ledger: HealthView['ledger'] }) {
  if (!ledger) return null
  const { received, indexed, filtered, deadLetters, waiting, difference } = ledger
  const share = (n: number) => `${received ? Math.max(n > 0 ? 0.4 : 0, (n / received) * 100) : 0}%`
  return (
    <section className="panel" aria-labelledby="ledger-title">
      <header>
        <h2 id="ledger-title">Ledger</h2>
        <span className="spacer" />
        <span className={classes.balance} data-ok={difference === 0 || undefined}>
          {difference === 0 ? 'Adds up to the unit' : `${count(Math.abs(difference))} ${difference > 0 ? 'missing' : 'too many'}`}
        </span>
      </header>
      <div className={classes.ledger}>
        <div className={classes.stack} aria-hidden>
          <span style={{ width: share(indexed), background: 'var(--accent)' }} />
          <span style={{ width: share(filtered), background: 'var(--text-3)' }} />
          <span style={{ width: share(deadLetters), background: 'var(--bad)' }} />
          <span style={{ width: share(waiting), background: 'var(--medium)' }} />
        </div>
        <dl>
          <Entry label="Received" value={received} />
          <Entry label="Indexed" value={indexed} colour="var(--accent)" sign="=" />
          <Entry label="Filtered" value={filtered} colour="var(--text-3)" sign="+" />
          <Entry label="Dead letters" value={deadLetters} colour="var(--bad)" sign="+" />
          <Entry label="Waiting" value={waiting} colour="var(--medium)" sign="+" />
        </dl>
      </div>
    </section>
  )
}

function Entry({ label, value, colour, sign }: { label: string; value: number; colour?: string; sign?: string }) {
  return (
    <div>
      <dt>
        <span className={classes.key} style={{ background: colour ?? 'transparent' }} aria-hidden />
        {label}
      </dt>
      <dd className="num">
        {sign && <span className={classes.sign}>{sign}</span>}
        {count(value)}
      </dd>
    </div>
  )
}
