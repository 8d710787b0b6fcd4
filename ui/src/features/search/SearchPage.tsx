import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { fieldsQuery } from '~/api/queries'
import type { Hit } from '~/api/types'
import { idOf } from '~/shared/event'
import { type FacetField, Facets } from '~/shared/Facets'
import { count } from '~/shared/format'
import { useShortcuts } from '~/shared/keyboard'
import { prefer } from '~/shared/preferences'
import { ListPage } from '~/shared/list/ListPage'
import { useQuestion } from '~/shared/list/question'
import { useRefusal } from '~/shell/session'
import { chosenColumns } from '~/url'
import { defaultColumns, eventColumns } from './columns'
import { EventDrawer } from './EventDrawer'
import { exportAddress } from './export'
import { FieldList } from './FieldList'
import classes from './SearchPage.module.css'

const facetFields: readonly FacetField[] = [
  { field: 'event.module', label: 'Sensor' },
  { field: 'event.dataset', label: 'Dataset' },
  { field: 'source.ip', label: 'Source address' },
  { field: 'destination.ip', label: 'Destination address' },
  { field: 'destination.port', label: 'Destination port' },
  { field: 'host.name', label: 'Host' },
  { field: 'user.name', label: 'User' },
  { field: 'event.outcome', label: 'Outcome' },
]

export function SearchPage() {
  const fields = useQuery(fieldsQuery)
  const refused = useRefusal('analyst')
  const [side, setSide] = useState<'facets' | 'fields'>('facets')
  const question = useQuestion({
    index: 'events',
    facets: facetFields,
    facetSize: 15,
    highlight: true,
    // With the drawer open, moving through the list moves through the events.
    onMove: (hit) => question.open && void set({ open: idOf(hit.event) }, true),
  })
  const { pages, counts, zone, active, set, query, bound, onFilter } = question
  const { total, rowAt } = pages

  const open = (hit: Hit) => void set({ open: idOf(hit.event) })
  useShortcuts({
    Enter: () => {
      const hit = rowAt(active)
      if (hit) open(hit)
    },
    Escape: () => question.open && void set({ open: undefined }),
  })

  const shown = useMemo(() => chosenColumns(question.cols, 'search.columns', defaultColumns, () => true), [question.cols])
  const columns = useMemo(() => eventColumns(zone, shown), [zone, shown])
  const choosable = useMemo(() => [...eventColumns(zone, []), ...(fields.data ?? []).map((f) => ({ id: f.name, header: f.name }))].filter((c, i, all) => all.findIndex((o) => o.id === c.id) === i), [fields.data, zone])
  const setColumns = (cols: string[] | undefined) => {
    prefer('search.columns', cols?.join(','))
    void set({ cols: cols?.join(',') }, true)
  }
  const exported = { query, from: new Date(bound.from).toISOString(), to: new Date(bound.to).toISOString(), columns: shown }

  return (
    <ListPage
      question={question}
      noun="event"
      label="Events"
      columns={columns}
      shown={shown}
      choosable={choosable}
      onColumns={setColumns}
      calm="Health shows which sensors are sending."
      side={
        <div className={classes.side}>
          <div className={classes.sideTabs} role="group" aria-label="Beside the list">
            <button type="button" aria-pressed={side === 'facets'} onClick={() => setSide('facets')}>
              Facets
            </button>
            <button type="button" aria-pressed={side === 'fields'} onClick={() => setSide('fields')}>
              Fields
            </button>
          </div>
          {side === 'facets' ? (
            <Facets fields={facetFields} facets={counts.data?.facets} failed={counts.isError} total={counts.data?.total ?? 0} query={query} onFilter={onFilter} onClear={question.onClear} />
          ) : (
            <FieldList shown={shown} onColumns={setColumns} question={question.question} query={query} onFilter={onFilter} />
          )}
        </div>
      }
      notes={pages.tookMillis !== undefined && <span className="muted num">in {count(pages.tookMillis)} ms</span>}
      tools={
        <Menu position="bottom-end" width={250}>
          <Menu.Target>
            <Button variant="subtle" color="gray" leftSection={<IconDownload size={15} />} disabled={total === 0}>
              Export
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {refused ? (
              <Menu.Item disabled>{refused}</Menu.Item>
            ) : (
              <>
                <Menu.Item component="a" href={exportAddress('csv', exported)} download>
                  CSV, the columns shown
                </Menu.Item>
                <Menu.Item component="a" href={exportAddress('ndjson', exported)} download>
                  NDJSON, all fields
                </Menu.Item>
                <Menu.Label>All {count(total)} events, streamed</Menu.Label>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      }
      onOpen={open}
      drawer={
        question.open && (
          <EventDrawer
            key={question.open}
            id={question.open}
            known={pages.loaded().find((hit) => idOf(hit.event) === question.open)?.event}
            zone={zone}
            onClose={() => void set({ open: undefined })}
            onFilter={onFilter}
            onPivot={(q, around) => void set({ q, ...around, open: undefined } as never)}
          />
        )
      }
    />
  )
}
