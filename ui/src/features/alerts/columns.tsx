import { Link } from '@tanstack/react-router'
import type { Hit } from '~/api/types'
import { End, Entities, first, idOf, reasonOf, Score, sensorOf, StatusMark, timeOf } from '~/shared/event'
import { text, visible } from '~/shared/format'
import { shortTime, fullTime } from '~/shared/time/format'
import type { Column } from '~/shared/table/DataTable'

export const defaultColumns = ['score', 'time', 'reason', 'entities', 'sensor', 'status']

export function alertColumns(zone: string): Column<Hit>[] {
  return [
    { id: 'score', header: 'Score', size: 58, sort: 'event.risk_score', cell: ({ event }) => <Score event={event} /> },
    {
      id: 'time',
      header: 'Time',
      size: 124,
      sort: '@timestamp',
      cell: ({ event }) => (
        <time className="num" dateTime={text(event['@timestamp'])} title={fullTime(timeOf(event), zone)}>
          {shortTime(timeOf(event), zone)}
        </time>
      ),
    },
    {
      id: 'reason',
      header: 'Why',
      size: 170,
      grow: 3,
      cell: ({ event }) => (
        <Link to={'/alerts/$id' as never} params={{ id: idOf(event) } as never} search={true as never} className="clip" style={{ color: 'var(--text)' }} tabIndex={-1} title={reasonOf(event)}>
          {reasonOf(event)}
        </Link>
      ),
    },
    {
      id: 'rule',
      header: 'Rule',
      size: 150,
      grow: 1.2,
      sort: 'rule.name',
      cell: ({ event }) => <span className="clip">{visible(first(event, 'rule.name') ?? first(event, 'threat.indicator.name') ?? '', 160)}</span>,
    },
    { id: 'sensor', header: 'Sensor', size: 80, grow: 0.3, sort: 'metron.sensor', cell: ({ event }) => <span className="muted clip">{visible(sensorOf(event), 40)}</span> },
    { id: 'entities', header: 'Source → destination', size: 324, grow: 1, sort: 'source.ip', cell: ({ event }) => <Entities event={event} /> },
    {
      id: 'status',
      header: 'Status',
      size: 110,
      grow: 0.3,
      sort: 'alert.status',
      cell: ({ event }) => (
        <>
          <StatusMark status={text(event['alert.status'] ?? 'new')} />
          {Boolean(event['alert.assignee']) && <span className="muted clip">{visible(text(event['alert.assignee']), 60)}</span>}
        </>
      ),
    },
    {
      id: 'assignee',
      header: 'Assignee',
      size: 76,
      grow: 0.2,
      sort: 'alert.assignee',
      cell: ({ event }) => (event['alert.assignee'] ? <span className="clip">{visible(text(event['alert.assignee']), 60)}</span> : <span className="muted">–</span>),
    },
    { id: 'source', header: 'Source', size: 170, sort: 'source.ip', cell: ({ event }) => <End event={event} side="source" /> },
    { id: 'destination', header: 'Destination', size: 190, sort: 'destination.ip', cell: ({ event }) => <End event={event} side="destination" /> },
    { id: 'host', header: 'Host', size: 130, sort: 'host.name', cell: field('host.name') },
    { id: 'user', header: 'User', size: 74, grow: 0.3, sort: 'user.name', cell: field('user.name') },
    { id: 'indicator', header: 'Indicator', size: 120, cell: field('threat.indicator.type') },
    { id: 'technique', header: 'Technique', size: 150, cell: field('threat.technique.name') },
    { id: 'category', header: 'Category', size: 130, cell: field('event.category') },
  ]
}

function field(name: string) {
  return ({ event }: Hit) => <span className="clip">{visible(text(event[name]), 160)}</span>
}
