import { ActionIcon, Button, Menu, Tabs } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconChevronDown, IconCopy, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { eventQuery } from '~/api/queries'
import type { EventFields } from '~/api/types'
import { first, summaryOf, timeOf } from '~/shared/event'
import { FieldTable } from '~/shared/FieldTable'
import { text, visible } from '~/shared/format'
import { term } from '~/shared/query/text'
import { Failure, PageLoading } from '~/shared/states'
import { fullTime } from '~/shared/time/format'
import { around, type Range } from '~/shared/time/range'
import classes from './EventDrawer.module.css'

interface Props {
  id: string
  known: EventFields | undefined
  zone: string
  onClose: () => void
  onFilter: (field: string, value: string, negated: boolean) => void
  onPivot: (query: string, around?: Range) => void
}

const pivots: [string, string][] = [
  ['network.community_id', 'Same flow'],
  ['source.ip', 'Same source address'],
  ['destination.ip', 'Same destination address'],
  ['host.name', 'Same host'],
  ['user.name', 'Same user'],
  ['dns.question.name', 'Same DNS name'],
  ['url.domain', 'Same domain'],
]

/** One event beside the list: fields, JSON, original text. Not a dialog: the list stays usable. */
export function EventDrawer({ id, known, zone, onClose, onFilter, onPivot }: Props) {
  // The list shows what it was asked for; a deep link to an event that is not in the list asks for it alone.
  const loaded = useQuery({ ...eventQuery(id), enabled: known === undefined })
  const event = known ?? (loaded.data?.event as EventFields | undefined)
  const clipboard = useClipboard({ timeout: 1200 })
  const json = event ? JSON.stringify(event, null, 2) : ''
  return (
    <aside className={classes.drawer} aria-label="Event">
      <header>
        <div className="clip">
          <h2 className="clip">{event ? summaryOf(event) || 'Event' : 'Event'}</h2>
          {event && <p className="muted num">{fullTime(timeOf(event), zone)}</p>}
        </div>
        <span className="spacer" />
        {event?.['metron.is_alert'] === true && (
          <Button component={Link} to={'/alerts/$id' as never} {...({ params: { id }, search: true } as object)} variant="default">
            Open the alert
          </Button>
        )}
        {event && (
          <Menu position="bottom-end" width={270}>
            <Menu.Target>
              <Button variant="default" rightSection={<IconChevronDown size={13} />}>
                Pivot
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {pivots
                .filter(([field]) => first(event, field))
                .map(([field, label]) => (
                  <Menu.Item key={field} onClick={() => onPivot(term(field, first(event, field)!))}>
                    {label} <span className="muted">{visible(first(event, field)!, 28)}</span>
                  </Menu.Item>
                ))}
              <Menu.Divider />
              <Menu.Item onClick={() => onPivot('', around(timeOf(event), 5))}>All events 5 minutes around</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
        <ActionIcon variant="subtle" color="gray" aria-label="Close the event" onClick={onClose}>
          <IconX size={17} />
        </ActionIcon>
      </header>
      {!event && loaded.isError && <Failure error={loaded.error} retry={() => void loaded.refetch()} compact />}
      {!event && loaded.isPending && <PageLoading />}
      {event && (
        <Tabs defaultValue="fields" className={classes.tabs} keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="fields">Fields</Tabs.Tab>
            <Tabs.Tab value="json">JSON</Tabs.Tab>
            <Tabs.Tab value="original">Original</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="fields" className={classes.panel}>
            <FieldTable event={event} zone={zone} noun="events" onFilter={onFilter} />
          </Tabs.Panel>
          <Tabs.Panel value="json" className={classes.panel}>
            <div className={classes.copy}>
              <Button size="compact-xs" variant="default" leftSection={clipboard.copied ? <IconCheck size={13} /> : <IconCopy size={13} />} onClick={() => clipboard.copy(json)}>
                {clipboard.copied ? 'Copied' : 'Copy'}
              </Button>
            </div>
            <pre tabIndex={0} role="group" aria-label="Event as JSON">
              {visible(json, 200_000)}
            </pre>
          </Tabs.Panel>
          <Tabs.Panel value="original" className={classes.panel}>
            <pre tabIndex={0} role="group" aria-label="Original text">
              {visible(text(event['event.original']), 200_000) || 'The sensor sent no text for this event.'}
            </pre>
          </Tabs.Panel>
        </Tabs>
      )}
    </aside>
  )
}
