import { ActionIcon, Button, Tooltip, useMantineColorScheme } from '@mantine/core'
import { IconArrowUp, IconRefresh } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { answer, ApiError, http } from '~/api/client'
import { countsQuery, hitsQuery } from '~/api/queries'
import type { Hit, SearchBody } from '~/api/types'
import { Histogram } from '~/shared/chart/Histogram'
import { idOf, reasonOf } from '~/shared/event'
import { Facets } from '~/shared/Facets'
import { count, plural } from '~/shared/format'
import { useShortcuts } from '~/shared/keyboard'
import { filter, without } from '~/shared/query/text'
import { QueryBar } from '~/shared/query/QueryBar'
import { scoreOf, severityOf } from '~/shared/severity'
import { Busy, Empty, Failure } from '~/shared/states'
import { ColumnMenu } from '~/shared/table/ColumnMenu'
import { DataTable } from '~/shared/table/DataTable'
import { showFailed } from '~/shared/undo'
import { bounds, defaultRange, shift } from '~/shared/time/range'
import { useRefusal } from '~/shell/session'
import { parseSort, useFrame, useList } from '~/url'
import { alertColumns, defaultColumns } from './columns'
import { type StateChange, useAlertStream, useListPatcher } from './stream'
import { type Change, stateOfAlert, useTriage } from './triage'
import { TriageBar } from './TriageBar'
import classes from './AlertsPage.module.css'

const facetFields = [
  { field: 'alert.status', label: 'Status' },
  { field: 'rule.name', label: 'Rule' },
  { field: 'event.module', label: 'Sensor' },
  { field: 'source.ip', label: 'Source address' },
  { field: 'destination.ip', label: 'Destination address' },
  { field: 'host.name', label: 'Host' },
  { field: 'user.name', label: 'User' },
  { field: 'destination.geo.country_name', label: 'Destination country' },
  { field: 'threat.indicator.type', label: 'Indicator' },
  { field: 'alert.assignee', label: 'Assignee' },
] as const

/** Past this many loaded rows a person is better served by a narrower question. */
const tooMany = 20_000

const none: Hit[] = []

export function AlertsPage() {
  const { range, zone, setRange } = useFrame()
  const list = useList()
  const { query, set } = list
  const sort = parseSort(list.sort, '-@timestamp')
  const navigate = useNavigate()
  const client = useQueryClient()
  const { colorScheme } = useMantineColorScheme()
  const refused = useRefusal('analyst')

  const question = useMemo<SearchBody>(() => ({ query, from: range.from, to: range.to }), [query, range.from, range.to])
  const hits = useInfiniteQuery(hitsQuery('alerts', useMemo(() => ({ ...question, sort }), [question, sort.field, sort.descending])))
  const counts = useQuery(
    countsQuery(
      'alerts',
      useMemo(() => ({ ...question, facets: facetFields.map(({ field }) => ({ field, size: 20 })), histogram: {} }), [question]),
    ),
  )
  const rows = useMemo(() => hits.data?.pages.flatMap((page) => page.hits as Hit[]) ?? none, [hits.data])
  const total = hits.data?.pages[0]?.total ?? 0
  const seenAt = counts.dataUpdatedAt || Date.now()
  const { from, to } = useMemo(() => bounds(range, seenAt), [range.from, range.to, seenAt])

  const [active, setActive] = useState(-1)
  const [selected, setSelected] = useState<ReadonlyMap<string, Hit>>(new Map())
  const [anchor, setAnchor] = useState(0)
  useEffect(() => {
    setActive(-1)
    setSelected(new Map())
  }, [question, sort.field, sort.descending])

  // New alerts are counted, never put under the cursor: the person says when the list may move.
  const patch = useListPatcher()
  const [ticks, setTicks] = useState(0)
  const stream = useAlertStream((batch) => {
    patch(new Map(batch.map(({ id, version, event }): [string, StateChange] => [id, { version, status: stateOfAlert(event).status, assignee: stateOfAlert(event).assignee }])))
    setTicks((n) => n + 1)
  })
  const listedAt = hits.dataUpdatedAt
  const openEnded = range.to === 'now'
  const arrived = useQuery({
    queryKey: ['arrived', question, listedAt, ticks],
    // The same window as the list's, but open at the end: what it holds more than the list is new.
    queryFn: async ({ signal }) => {
      const body = { ...question, from: hits.data?.pages[0]?.from, size: 0 }
      return (await answer(http.POST('/api/v1/alerts/search', { body, signal }))).total
    },
    enabled: ticks > 0 && openEnded && listedAt > 0,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })
  const fresh = arrived.data !== undefined && !arrived.isPlaceholderData ? Math.max(0, arrived.data - total) : 0

  const refresh = () => {
    setTicks(0)
    setActive(-1)
    // Back to one page: refetching all that was scrolled through would only take time.
    void client.resetQueries({ queryKey: ['hits', 'alerts'] })
    void client.invalidateQueries({ queryKey: ['counts', 'alerts'] })
  }

  const triage = useTriage()
  const act = (change: Change) => {
    const chosen = selected.size > 0 ? [...selected.values()] : rows[active] ? [rows[active]] : []
    if (chosen.length === 0) return
    if (refused) return showFailed('Your role may not do this', refused)
    // The list holds the newest versions: what was selected long ago may have been changed since.
    const current = new Map(rows.map((hit) => [idOf(hit.event), hit]))
    triage.mutate({ alerts: chosen.map((hit) => stateOfAlert((current.get(idOf(hit.event)) ?? hit).event)), change })
    setSelected(new Map())
  }

  const open = (hit: Hit) => navigate({ to: '/alerts/$id', params: { id: idOf(hit.event) }, search: true } as never)
  const select = (hit: Hit, index: number, ranged: boolean) => {
    const next = new Map(selected)
    const wanted = !next.has(idOf(hit.event))
    const [start, end] = ranged ? [Math.min(anchor, index), Math.max(anchor, index)] : [index, index]
    for (const each of rows.slice(start, end + 1)) {
      if (wanted) next.set(idOf(each.event), each)
      else next.delete(idOf(each.event))
    }
    setSelected(next)
    setAnchor(index)
  }
  useShortcuts({
    j: () => setActive((i) => Math.min(rows.length - 1, i + 1)),
    k: () => setActive((i) => Math.max(0, i - 1)),
    ArrowDown: () => setActive((i) => Math.min(rows.length - 1, i + 1)),
    ArrowUp: () => setActive((i) => Math.max(0, i - 1)),
    x: () => rows[active] && select(rows[active], active, false),
    'shift+x': () => setSelected(selected.size ? new Map() : new Map(rows.map((hit) => [idOf(hit.event), hit]))),
    Enter: () => rows[active] && void open(rows[active]),
    e: () => act({ status: 'escalated' }),
    r: () => act({ status: 'resolved' }),
    Escape: () => setSelected(new Map()),
  })

  const columns = useMemo(() => alertColumns(zone), [zone])
  const shown = useMemo(() => {
    const known = new Set(columns.map((c) => c.id))
    const chosen = list.cols?.split(',').filter((id) => known.has(id)) ?? []
    return chosen.length ? [...new Set(chosen)] : defaultColumns
  }, [list.cols, columns])
  const more = useCallback(() => {
    if (hits.hasNextPage && !hits.isFetchingNextPage && rows.length < tooMany) void hits.fetchNextPage()
  }, [hits.hasNextPage, hits.isFetchingNextPage, hits.fetchNextPage, rows.length])

  const badQuery = hits.error instanceof ApiError && hits.error.status === 400
  return (
    <div className={classes.page}>
      <div className={classes.query}>
        <QueryBar index="alerts" value={query} onRun={(q) => (q === query ? refresh() : set({ q: q || undefined }))} />
      </div>
      <div className={classes.chart}>
        <Histogram data={counts.data?.histogram} from={from} to={to} zone={zone} scheme={colorScheme} noun="alerts" onSelect={setRange} />
      </div>
      <div className={classes.body}>
        <Facets
          fields={facetFields}
          facets={counts.data?.facets}
          total={counts.data?.total ?? 0}
          query={query}
          onFilter={(field, value, negated) => set({ q: filter(query, field, value, negated) })}
          onClear={(field, value) => set({ q: without(query, field, value) || undefined })}
        />
        <section className={classes.list} aria-label="Alert list">
          {selected.size > 0 ? (
            <TriageBar count={selected.size} onChange={act} onClear={() => setSelected(new Map())} busy={triage.isPending} />
          ) : (
            <div className={classes.tools}>
              <strong className="num">{hits.isPending ? 'Loading' : plural(total, 'alert')}</strong>
              {rows.length < total && <span className="muted num">{count(rows.length)} loaded</span>}
              {fresh > 0 && (
                <button type="button" className={classes.fresh} onClick={refresh}>
                  <IconArrowUp size={13} aria-hidden />
                  {count(fresh)} new
                </button>
              )}
              <span className="spacer" />
              <span className={classes.live} data-state={stream} role="status">
                {stream === 'live' ? 'Live' : stream === 'connecting' ? 'Connecting' : 'Live updates interrupted'}
              </span>
              <Tooltip label="Load again">
                <ActionIcon variant="subtle" color="gray" aria-label="Load again" onClick={refresh}>
                  <IconRefresh size={16} stroke={1.6} />
                </ActionIcon>
              </Tooltip>
              <ColumnMenu all={columns} shown={shown} onChange={(cols) => set({ cols: cols.join(',') }, true)} onReset={() => set({ cols: undefined }, true)} />
            </div>
          )}
          <Busy active={hits.isFetching} label="Loading alerts" />
          <div className={classes.table}>
            {hits.isError && rows.length === 0 ? (
              <Failure error={hits.error} retry={badQuery ? undefined : () => void hits.refetch()} />
            ) : !hits.isPending && rows.length === 0 ? (
              <NoAlerts filtered={query !== ''} onClear={() => set({ q: undefined })} onWiden={() => setRange(range.from === defaultRange.from ? shift(range, 0, Date.now()) : defaultRange)} />
            ) : (
              <DataTable
                label="Alerts"
                columns={columns}
                shown={shown}
                rows={rows}
                rowId={(hit) => idOf(hit.event)}
                total={total}
                active={active}
                onActive={setActive}
                onOpen={open}
                selected={selectedIds(selected)}
                onSelect={select}
                selectLabel={(hit) => `Select ${reasonOf(hit.event)}`}
                tone={(hit) => severityOf(scoreOf(hit.event))}
                sort={sort}
                onSort={(field) => set({ sort: sort.field === field && sort.descending ? field : `-${field}` })}
                onEnd={more}
                stale={hits.isPlaceholderData}
                ending={
                  rows.length >= tooMany ? (
                    <p className={classes.tooMany}>
                      {count(rows.length)} of {count(total)} alerts are shown. Narrow the time range or the query to see the others.
                    </p>
                  ) : undefined
                }
              />
            )}
          </div>
        </section>
      </div>
    </div>
  )
}

const ids = new WeakMap<object, ReadonlySet<string>>()

function selectedIds(selected: ReadonlyMap<string, Hit>): ReadonlySet<string> {
  let found = ids.get(selected)
  if (!found) {
    found = new Set(selected.keys())
    ids.set(selected, found)
  }
  return found
}

function NoAlerts({ filtered, onClear, onWiden }: { filtered: boolean; onClear: () => void; onWiden: () => void }) {
  return (
    <Empty
      title={filtered ? 'No alert matches this query here' : 'No alerts in this time range'}
      actions={
        <>
          {filtered && (
            <Button variant="default" onClick={onClear}>
              Clear the query
            </Button>
          )}
          <Button variant="default" onClick={onWiden}>
            Look at a longer time
          </Button>
        </>
      }
    >
      {filtered ? 'Take a filter back or look at a longer time.' : 'Quiet, or nothing is arriving: Health shows which sensors are sending.'}
    </Empty>
  )
}
