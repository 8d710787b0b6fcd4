import { Tooltip } from '@mantine/core'
import { IconArrowNarrowRight, IconSearch } from '@tabler/icons-react'
import type { EventFields } from '~/api/types'
import { Country, first } from '~/shared/event'
import { PlaceCredit } from '~/shared/credits'
import { bytes, visible } from '~/shared/format'
import classes from './AlertPage.module.css'

type Pivot = (field: string, value: string, negated: boolean) => void

/** Both ends of what happened, with all that enrichment says about them. */
export function Ends({ event, onPivot }: { event: EventFields; onPivot: Pivot }) {
  const f = (name: string) => first(event, name)
  const community = f('network.community_id')
  const host = ['host.name', 'host.hostname'].map(f).find(Boolean)
  const user = ['user.name', 'source.user.name'].map(f).find(Boolean)
  const sourceIsHost = f('network.direction') !== 'inbound'
  const extra: Row[] = [
    { label: 'Host', field: 'host.name', value: host },
    { label: 'User', field: f('user.name') ? 'user.name' : 'source.user.name', value: user },
  ]
  const hasFlow = Boolean(f('source.ip') ?? f('destination.ip') ?? f('source.domain') ?? f('destination.domain'))
  if (!hasFlow) {
    if (!host && !user) return null
    return (
      <section className={`panel ${classes.end}`} aria-label="Entity">
        <h3 className="caption">Host and user</h3>
        <Facts rows={extra} onPivot={onPivot} />
      </section>
    )
  }
  return (
    <div className={classes.ends}>
      <EndCard event={event} side="source" extra={sourceIsHost ? extra : []} onPivot={onPivot} />
      <div className={classes.between}>
        <IconArrowNarrowRight size={22} stroke={1.4} aria-hidden />
        <span>{visible([f('network.transport'), f('network.protocol')].filter(Boolean).join(' / ') || 'flow', 40)}</span>
        {f('network.direction') && <span>{visible(f('network.direction')!, 30)}</span>}
        {f('network.bytes') && <span className="num">{bytes(Number(f('network.bytes')))}</span>}
        {community && (
          <Tooltip label={community}>
            <button type="button" onClick={() => onPivot('network.community_id', community, false)}>
              All of this flow
            </button>
          </Tooltip>
        )}
      </div>
      <EndCard event={event} side="destination" extra={sourceIsHost ? [] : extra} onPivot={onPivot} />
    </div>
  )
}

interface Row {
  label: string
  field: string
  value: string | undefined
}

function EndCard({ event, side, extra, onPivot }: { event: EventFields; side: 'source' | 'destination'; extra: Row[]; onPivot: Pivot }) {
  const f = (name: string) => first(event, `${side}.${name}`)
  const name = f('ip') ?? f('address') ?? f('domain') ?? 'unknown'
  const port = f('port')
  const country = f('geo.country_iso_code')
  const place = [f('geo.city_name'), f('geo.country_name') ?? country].filter(Boolean).join(', ')
  const as = f('as.organization.name') ?? (f('as.number') ? `AS${f('as.number')}` : undefined)
  const rows: Row[] = [
    ...(f('ip') && f('domain') ? [{ label: 'Name', field: `${side}.domain`, value: f('domain') }] : []),
    ...extra,
    { label: 'Place', field: `${side}.geo.country_iso_code`, value: place || undefined },
    { label: 'Network', field: `${side}.as.number`, value: as && f('as.number') ? `${as} (AS${f('as.number')})` : as },
    { label: 'Zone', field: 'network.name', value: side === 'source' ? first(event, 'network.name') : undefined },
    { label: 'MAC', field: `${side}.mac`, value: f('mac') },
    { label: 'Sent', field: `${side}.bytes`, value: f('bytes') ? bytes(Number(f('bytes'))) : undefined },
  ]
  return (
    <section className={`panel ${classes.end}`} aria-label={side === 'source' ? 'Source' : 'Destination'}>
      <h3 className="caption">{side}</h3>
      <p className={classes.endName}>
        <span className="mono">{visible(name, 80)}</span>
        {port && <span className={`mono ${classes.port}`}>:{port}</span>}
        {country && <Country code={country} name={f('geo.country_name')} />}
        <span className="spacer" />
        {f('ip') && (
          <Tooltip label="All events with this address">
            <button type="button" className={classes.pivot} aria-label={`All events with ${name}`} onClick={() => onPivot('related.ip', name, false)}>
              <IconSearch size={14} />
            </button>
          </Tooltip>
        )}
      </p>
      <Facts rows={rows} onPivot={onPivot} raw={(field) => first(event, field)} />
      {(country ?? as) && <PlaceCredit />}
    </section>
  )
}

function Facts({ rows, onPivot, raw }: { rows: Row[]; onPivot: Pivot; raw?: (field: string) => string | undefined }) {
  const known = rows.filter((row) => row.value)
  if (known.length === 0) return <p className="muted">Enrichment knows nothing more.</p>
  return (
    <dl className={classes.facts}>
      {known.map(({ label, field, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <button type="button" className="plain clip" title={`Events with this ${label.toLowerCase()}`} onClick={() => onPivot(field, raw?.(field) ?? value!, false)}>
              {visible(value!, 120)}
            </button>
          </dd>
        </div>
      ))}
    </dl>
  )
}
