import type { Hit } from '~/api/types'
import { Entities, Highlighted, sensorOf, summaryOf, timeOf } from '~/shared/event'
import { timeOrText } from '~/shared/fieldValue'
import { text, values, visible } from '~/shared/format'
import type { Column } from '~/shared/table/DataTable'
import { clockTime, fullTime, shortTime } from '~/shared/time/format'

export const defaultColumns = ['@timestamp', 'sensor', 'entities', 'summary', 'host.name']

/** The columns the console makes up, and one for each other field that is asked for. */
export function eventColumns(zone: string, shown: readonly string[]): Column<Hit>[] {
  const made: Column<Hit>[] = [
    {
      id: '@timestamp',
      header: 'Time',
      size: 152,
      sort: '@timestamp',
      cell: ({ event }) => (
        <time className="num" dateTime={text(event['@timestamp'])} title={fullTime(timeOf(event), zone)}>
          {shortTime(timeOf(event), zone).slice(0, 7)}
          {clockTime(timeOf(event), zone)}
        </time>
      ),
    },
    { id: 'sensor', header: 'Sensor', size: 80, sort: 'event.module', cell: ({ event }) => <span className="muted clip">{visible(sensorOf(event), 40)}</span> },
    { id: 'entities', header: 'Source → destination', size: 312, sort: 'source.ip', cell: ({ event }) => <Entities event={event} /> },
    { id: 'summary', header: 'What', size: 240, grow: 2, cell: ({ event }) => <span className="clip">{summaryOf(event, !shown.includes('entities'))}</span> },
  ]
  const known = new Set(made.map((c) => c.id))
  const widths: Record<string, number> = { 'host.name': 110, 'user.name': 110 }
  const headers: Record<string, string> = { 'host.name': 'Host', 'user.name': 'User' }
  return [
    ...made,
    ...shown
      .filter((id) => !known.has(id))
      .map((id): Column<Hit> => ({
        id,
        header: headers[id] ?? id,
        size: widths[id] ?? Math.max(110, Math.min(230, id.length * 8)),
        sort: id,
        cell: ({ event, highlights }) => {
          const marked = highlights?.[id]
          return <span className="clip mono">{marked ? <Highlighted text={marked} /> : values(event[id]).map((v) => timeOrText(v.slice(0, 400), zone)).join(', ')}</span>
        },
      })),
  ]
}
