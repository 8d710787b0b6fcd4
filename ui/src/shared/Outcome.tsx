/** What became of one line that was tried: its events with their fields, or where it was refused and why. */
import type { EventFields, Preview } from '~/api/types'
import { timeOrText } from './fieldValue'
import { plural, text, values, visible } from './format'
import classes from './Outcome.module.css'

interface Props {
  preview: Preview
  zone: string
  /** What stands before "in parse: …". */
  refused: string
  /** What stands before ": 1 event". */
  accepted: string
}

export function Outcome({ preview, zone, refused, accepted }: Props) {
  if (preview.rejected) {
    return (
      <p className={classes.rejected}>
        {refused} in {preview.rejected.stage}: {visible(preview.rejected.reason, 600)}
      </p>
    )
  }
  if (preview.events.length === 0) return <p className={classes.accepted}>It would be filtered out{preview.filtered ? ` by ${visible(preview.filtered, 100)}` : ''}.</p>
  return (
    <div className={classes.accepted}>
      <strong>
        {accepted}: {plural(preview.events.length, 'event')}
      </strong>
      {preview.events.slice(0, 3).map((event, i) => (
        <dl key={i} className={classes.fields}>
          {Object.entries(event as EventFields)
            .filter(([name]) => name !== 'event.original')
            .map(([name, value]) => (
              <div key={name}>
                <dt className="mono">{name}</dt>
                <dd className="mono">
                  {values(value)
                    .map((v) => timeOrText(v, zone))
                    .join(', ') || text(value)}
                </dd>
              </div>
            ))}
        </dl>
      ))}
      {preview.events.length > 3 && <p className={classes.more}>The first three are shown.</p>}
    </div>
  )
}
