import type { EventFields } from '~/api/types'
import { first } from '~/shared/event'
import { values, visible } from '~/shared/format'
import { timeOrText } from '~/shared/fieldValue'
import classes from './AlertPage.module.css'

const labels: Record<string, string> = {
  'threat.indicator.name': 'Indicator',
  'threat.indicator.type': 'Type',
  'threat.indicator.ip': 'Address',
  'threat.indicator.url.full': 'URL',
  'threat.indicator.url.domain': 'Domain',
  'threat.indicator.file.hash.sha256': 'SHA-256',
  'threat.indicator.file.hash.sha1': 'SHA-1',
  'threat.indicator.file.hash.md5': 'MD5',
  'threat.indicator.email.address': 'E-mail',
  'threat.indicator.provider': 'Source',
  'threat.feed.name': 'Feed',
  'threat.indicator.confidence': 'Confidence',
  'threat.indicator.description': 'Description',
  'threat.indicator.first_seen': 'First seen',
  'threat.indicator.last_seen': 'Last seen',
  'threat.indicator.sightings': 'Sightings',
  'threat.indicator.reference': 'Reference',
  'threat.indicator.marking.tlp': 'TLP',
  'threat.enrichments.matched.field': 'Found in',
}

const nameField = 'threat.indicator.name'

/** What intelligence says, if an indicator matched. */
export function Indicator({ event, zone, onPivot }: { event: EventFields; zone: string; onPivot: (field: string, value: string, negated: boolean) => void }) {
  // The enrichments repeat the best indicator beside the others; all of them are among the fields below.
  // Nor once more under its type what its name says already.
  const name = first(event, nameField)
  const names = Object.keys(event).filter(
    (n) => n.startsWith('threat.') && !n.startsWith('threat.t') && (!n.startsWith('threat.enrichments.') || n in labels) && (n === nameField || first(event, n) !== name),
  )
  if (names.length === 0) return null
  const order = Object.keys(labels)
  names.sort((a, b) => (order.indexOf(a) + 1 || 99) - (order.indexOf(b) + 1 || 99) || a.localeCompare(b))
  return (
    <section className="panel" aria-labelledby="indicator-title">
      <header>
        <h2 id="indicator-title">Indicator</h2>
      </header>
      <dl className={`${classes.facts} ${classes.padded}`}>
        {names.map((name) => (
          <div key={name}>
            <dt title={name}>{labels[name] ?? name.replace(/^threat\.(indicator\.)?/, '').replaceAll('_', ' ')}</dt>
            <dd>
              {values(event[name]).map((value, i) =>
                name.endsWith('reference') ? (
                  // Shown, not linked: an address out of a feed is not one to click on from here.
                  <span key={i} className={classes.wrap}>
                    {visible(value, 400)}
                  </span>
                ) : (
                  <button key={i} type="button" className={`plain ${classes.wrap}`} title="Events with this" onClick={() => onPivot(name, value, false)}>
                    {timeOrText(value, zone)}
                  </button>
                ),
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
