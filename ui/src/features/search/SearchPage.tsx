import { ActionIcon, Button, Menu, Tooltip, useMantineColorScheme } from '@mantine/core'
import { IconDownload, IconRefresh } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { ApiError } from '~/api/client'
import { countsQuery, fieldsQuery, hitsQuery } from '~/api/queries'
import type { Hit, SearchBody } from '~/api/types'
import { Histogram } from '~/shared/chart/Histogram'
import { idOf } from '~/shared/event'
import { Facets } from '~/shared/Facets'
import { count, plural } from '~/shared/format'
import { useShortcuts } from '~/shared/keyboard'
import { QueryBar } from '~/shared/query/QueryBar'
import { filter, without } from '~/shared/query/text'
import { Busy, Empty, Failure } from '~/shared/states'
import { ColumnMenu } from '~/shared/table/ColumnMenu'
import { DataTable } from '~/shared/table/DataTable'
import { bounds, defaultRange, shift } from '~/shared/time/range'
import { parseSort, useFrame, useList } from '~/url'
import { defaultColumns, eventColumns } from './columns'
import { EventDrawer } from './EventDrawer'
import { exportAddress } from './export'
import { FieldList } from './FieldList'
import classes from '../alerts/AlertsPage.module.css'

const facetFields = [
  { field: 'event.module', label: 'Sensor' },
  { field: 'event.dataset', label: 'Dataset' },
  { field: 'source.ip', label: 'Source address' },
  { field: 'destination.ip', label: 'Destination address' },
  { field: 'destination.port', label: 'Destination port' },
  { field: 'host.name', label: 'Host' },
  { field: 'user.name', label: 'User' },
  { field: 'event.outcome', label: 'Outcome' },
] as const

const tooMany = 20_000
const none: Hit[] = []

export function SearchPage() {
  const { range, zone, setRange } = useFrame()
  const list = useList()
  const { query, set } = list
  const sort = parseSort(list.sort, '-@timestamp')
  const client = useQueryClient()
  const { colorScheme } = useMantineColorScheme()
  const fields = useQuery(fieldsQuery)

  const question = useMemo<SearchBody>(() => ({ query, from: range.from, to: range.to }), [query, range.from, range.to])
  const hits = useInfiniteQuery(hitsQuery('events', useMemo(() => ({ ...question, sort, highlight: query !== '' }), [question, sort.field, sort.descending])))
  const counts = useQuery(
    countsQuery(
      'events',
      useMemo(() => ({ ...question, facets: facetFields.map(({ field }) => ({ field, size: 15 })), histogram: {} }), [question]),
    ),
  )
  const rows = useMemo(() => hits.data?.pages.flatMap((page) => page.hits as Hit[]) ?? none, [hits.data])
  const total = hits.data?.pages[0]?.total ?? 0
  const seenAt = counts.dataUpdatedAt || Date.now()
  const { from, to } = useMemo(() => bounds(range, seenAt), [range.from, range.to, seenAt])

  const [active, setActive] = useState(-1)
  const [side, setSide] = useState<'facets' | 'fields'>('facets')
  useEffect(() => setActive(-1), [question, sort.field, sort.descending])

  const refresh = () => {
    setActive(-1)
    void client.resetQueries({ queryKey: ['hits', 'events'] })
    void client.invalidateQueries({ queryKey: ['counts', 'events'] })
  }
  const show = (index: number) => {
    const hit = rows[index]
    if (!hit) return
    setActive(index)
    // With the drawer open, moving through the list moves through the events.
    if (list.open) void set({ open: idOf(hit.event) }, true)
  }
  const open = (hit: Hit) => void set({ open: idOf(hit.event) })
  useShortcuts({
    j: () => show(Math.min(rows.length - 1, active + 1)),
    k: () => show(Math.max(0, active - 1)),
    ArrowDown: () => show(Math.min(rows.length - 1, active + 1)),
    ArrowUp: () => show(Math.max(0, active - 1)),
    Enter: () => rows[active] && open(rows[active]),
    Escape: () => list.open && void set({ open: undefined }),
  })

  const shown = useMemo(() => {
    const chosen = [...new Set(list.cols?.split(',').filter(Boolean) ?? [])]
    return chosen.length ? chosen : defaultColumns
  }, [list.cols])
  const columns = useMemo(() => eventColumns(zone, shown), [zone, shown])
  const choosable = useMemo(() => [...eventColumns(zone, []), ...(fields.data ?? []).map((f) => ({ id: f.name, header: f.name }))].filter((c, i, all) => all.findIndex((o) => o.id === c.id) === i), [fields.data, zone])
  const setColumns = (cols: string[]) => void set({ cols: cols.join(',') }, true)

  const more = useCallback(() => {
    if (hits.hasNextPage && !hits.isFetchingNextPage && rows.length < tooMany) void hits.fetchNextPage()
  }, [hits.hasNextPage, hits.isFetchingNextPage, hits.fetchNextPage, rows.length])
  const onFilter = (field: string, value: string, negated: boolean) => void set({ q: filter(query, field, value, negated) })
  const badQuery = hits.error instanceof ApiError && hits.error.status === 400
  const exported = { query, from: new Date(from).toISOString(), to: new Date(to).toISOString(), columns: shown }

  return (
    <div className={classes.page}>
      <div className={classes.query}>
        <QueryBar index="events" value={query} onRun={(q) => (q === query ? refresh() : void set({ q: q || undefined }))} />
      </div>
      <div className={classes.chart}>
        <Histogram data={counts.data?.histogram} from={from} to={to} zone={zone} scheme={colorScheme} noun="events" onSelect={setRange} />
      </div>
      <div className={classes.body}>
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
            <Facets fields={facetFields} facets={counts.data?.facets} total={counts.data?.total ?? 0} query={query} onFilter={onFilter} onClear={(field, value) => void set({ q: without(query, field, value) || undefined })} />
          ) : (
            <FieldList shown={shown} onColumns={setColumns} question={question} query={query} onFilter={onFilter} />
          )}
        </div>
        <section className={classes.list} aria-label="Event list">
          <div className={classes.tools}>
            <strong className="num">{hits.isPending ? 'Loading' : plural(total, 'event')}</strong>
            {hits.data?.pages[0] && <span className="muted num">in {count(hits.data.pages[0].tookMillis)} ms</span>}
            {rows.length < total && <span className="muted num">{count(rows.length)} loaded</span>}
            <span className="spacer" />
            <Menu position="bottom-end" width={250}>
              <Menu.Target>
                <Button variant="subtle" color="gray" leftSection={<IconDownload size={15} />} disabled={total === 0}>
                  Export
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item component="a" href={exportAddress('csv', exported)} download>
                  CSV, the columns shown
                </Menu.Item>
                <Menu.Item component="a" href={exportAddress('ndjson', exported)} download>
                  NDJSON, all fields
                </Menu.Item>
                <Menu.Label>All {count(total)} events, streamed</Menu.Label>
              </Menu.Dropdown>
            </Menu>
            <Tooltip label="Load again">
              <ActionIcon variant="subtle" color="gray" aria-label="Load again" onClick={refresh}>
                <IconRefresh size={16} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
            <ColumnMenu all={choosable} shown={shown} onChange={setColumns} onReset={() => void set({ cols: undefined }, true)} />
          </div>
          <Busy active={hits.isFetching} label="Loading events" />
          <div className={classes.table}>
            {hits.isError && rows.length === 0 ? (
              <Failure error={hits.error} retry={badQuery ? undefined : () => void hits.refetch()} />
            ) : !hits.isPending && rows.length === 0 ? (
              <Empty
                title={query ? 'No event matches this query here' : 'No events in this time range'}
                actions={
                  <>
                    {query && (
                      <Button variant="default" onClick={() => void set({ q: undefined })}>
                        Clear the query
                      </Button>
                    )}
                    <Button variant="default" onClick={() => setRange(range.from === defaultRange.from ? shift(range, 0, Date.now()) : defaultRange)}>
                      Look at a longer time
                    </Button>
                  </>
                }
              >
                {query ? 'Take a filter back or look at a longer time.' : 'Health shows which sensors are sending.'}
              </Empty>
            ) : (
              <DataTable
                label="Events"
                columns={columns}
                shown={shown}
                rows={rows}
                rowId={(hit) => idOf(hit.event)}
                total={total}
                active={active}
                onActive={setActive}
                onOpen={open}
                sort={sort}
                onSort={(field) => void set({ sort: sort.field === field && sort.descending ? field : `-${field}` })}
                onEnd={more}
                stale={hits.isPlaceholderData}
                ending={
                  rows.length >= tooMany ? (
                    <p className={classes.tooMany}>
                      {count(rows.length)} of {count(total)} events are shown. Narrow the time range or the query, or export them all.
                    </p>
                  ) : undefined
                }
              />
            )}
          </div>
        </section>
        {list.open && (
          <EventDrawer
            key={list.open}
            id={list.open}
            known={rows.find((hit) => idOf(hit.event) === list.open)?.event}
            zone={zone}
            onClose={() => void set({ open: undefined })}
            onFilter={onFilter}
            onPivot={(q, around) => void set({ q, ...around, open: undefined } as never)}
          />
        )}
      </div>
    </div>
  )
}
