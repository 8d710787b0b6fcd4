import { IconArrowUp } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { answer, http } from '~/api/client'
import type { Count, Hit } from '~/api/types'
import { idOf, reasonOf } from '~/shared/event'
import { type FacetField, Facets } from '~/shared/Facets'
import { count } from '~/shared/format'
import { useShortcuts } from '~/shared/keyboard'
import { prefer } from '~/shared/preferences'
import { ListPage } from '~/shared/list/ListPage'
import { useQuestion } from '~/shared/list/question'
import { bySeverity, scoreField, scoreOf, severities, severityOf } from '~/shared/severity'
import { showFailed } from '~/shared/undo'
import { useRefusal } from '~/shell/session'
import { chosenColumns } from '~/url'
import { alertColumns, defaultColumns } from './columns'
import { type StateChange, useAlertStream, useListPatcher } from './stream'
import { type Change, stateOfAlert, useTriage } from './triage'
import { TriageBar } from './TriageBar'
import classes from './AlertsPage.module.css'

const facetFields: readonly FacetField[] = [
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
]
// Its counts come from the histogram, which is split by score: they are ranges, not values that the server could count.
const severityFacet: FacetField = {
  field: scoreField,
  label: 'Severity',
  names: Object.fromEntries(severities.map(({ severity, label, range }) => [range, { label, colour: `var(--bar-${severity})` }])),
}
const shownFacets = [severityFacet, ...facetFields]

/** Older than this, a list that is opened again is asked whether it has missed something. */
const freshMillis = 15_000

export function AlertsPage() {
  const navigate = useNavigate()
  const refused = useRefusal('analyst')
  const question = useQuestion({ index: 'alerts', facets: facetFields, facetSize: 20, splitBy: scoreField })
  const { pages, counts, range, zone, active, refresh, set } = question
  const { total, rowAt, trail } = pages

  const [selected, setSelected] = useState<ReadonlyMap<string, Hit>>(new Map())
  const [anchor, setAnchor] = useState(0)
  useEffect(() => setSelected(new Map()), [question.question, question.sort.field, question.sort.descending])

  // New alerts are counted, never put under the cursor: the person says when the list may move.
  const patch = useListPatcher()
  const [ticks, setTicks] = useState(() => (Date.now() - trail.asOf > freshMillis ? 1 : 0))
  const stream = useAlertStream((batch) => {
    patch(new Map(batch.map(({ id, version, event }): [string, StateChange] => [id, { version, status: stateOfAlert(event).status, assignee: stateOfAlert(event).assignee }])))
    setTicks((n) => n + 1)
  })
  const arrived = useQuery({
    queryKey: ['arrived', question.question, trail.asOf, ticks],
    // The same window as the list's, but open at the end: what it holds more than the list is new.
    queryFn: async ({ signal }) => {
      const body = { ...question.question, from: pages.from, size: 0 }
      return (await answer(http.POST('/api/v1/alerts/search', { body, signal }))).total
    },
    enabled: ticks > 0 && range.to === 'now' && !pages.pending && !pages.stale,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
  })
  const fresh = arrived.data !== undefined && !arrived.isPlaceholderData ? Math.max(0, arrived.data - total) : 0
  const reload = () => {
    setTicks(0)
    refresh()
  }

  const triage = useTriage()
  const act = (change: Change) => {
    const here = rowAt(active)
    const chosen = selected.size > 0 ? [...selected.values()] : here ? [here] : []
    if (chosen.length === 0) return
    if (refused) return showFailed('Your role may not do this', refused)
    // The list holds the newest versions: what was selected long ago may have been changed since.
    const current = new Map(pages.loaded().map((hit) => [idOf(hit.event), hit]))
    triage.mutate({ alerts: chosen.map((hit) => stateOfAlert((current.get(idOf(hit.event)) ?? hit).event)), change })
    setSelected(new Map())
  }

  const open = (hit: Hit) => navigate({ to: '/alerts/$id', params: { id: idOf(hit.event) }, search: true } as never)
  const select = (hit: Hit, index: number, ranged: boolean) => {
    const next = new Map(selected)
    const wanted = !next.has(idOf(hit.event))
    const [start, end] = ranged ? [Math.min(anchor, index), Math.max(anchor, index)] : [index, index]
    for (let i = start; i <= end; i++) {
      const each = rowAt(i)
      if (!each) continue
      if (wanted) next.set(idOf(each.event), each)
      else next.delete(idOf(each.event))
    }
    setSelected(next)
    setAnchor(index)
  }
  const withActive = (what: (hit: Hit) => void) => () => {
    const hit = rowAt(active)
    if (hit) what(hit)
  }
  useShortcuts({
    x: withActive((hit) => select(hit, active, false)),
    'shift+x': () => setSelected(selected.size ? new Map() : new Map(pages.loaded().map((hit) => [idOf(hit.event), hit]))),
    Enter: withActive((hit) => void open(hit)),
    e: () => act({ status: 'escalated' }),
    r: () => act({ status: 'resolved' }),
    Escape: () => setSelected(new Map()),
  })

  const columns = useMemo(() => alertColumns(zone), [zone])
  const shown = useMemo(() => {
    const known = new Set(columns.map((c) => c.id))
    return chosenColumns(question.cols, 'alerts.columns', defaultColumns, (id) => known.has(id))
  }, [question.cols, columns])
  const setColumns = (cols: string[] | undefined) => {
    prefer('alerts.columns', cols?.join(','))
    void set({ cols: cols?.join(',') }, true)
  }
  const facets = useMemo(() => counts.data && { ...counts.data.facets, [scoreField]: severityCounts(counts.data.histogram?.buckets ?? []) }, [counts.data])
  const ids = useMemo(() => new Set(selected.keys()), [selected])

  return (
    <ListPage
      question={question}
      noun="alert"
      label="Alerts"
      split
      columns={columns}
      shown={shown}
      onColumns={setColumns}
      calm="Quiet, or nothing is arriving: Health shows which sensors are sending."
      side={<Facets fields={shownFacets} facets={facets} failed={counts.isError} total={counts.data?.total ?? 0} query={question.query} onFilter={question.onFilter} onClear={question.onClear} />}
      notes={
        fresh > 0 && (
          <button type="button" className={classes.fresh} onClick={reload}>
            <IconArrowUp size={13} aria-hidden />
            {count(fresh)} new
          </button>
        )
      }
      tools={
        <span className={classes.live} data-state={stream} role="status">
          {stream === 'live' ? 'Live' : stream === 'connecting' ? 'Connecting' : 'Live updates interrupted'}
        </span>
      }
      acting={selected.size > 0 && <TriageBar count={selected.size} onChange={act} onClear={() => setSelected(new Map())} busy={triage.isPending} />}
      onOpen={open}
      selected={ids}
      onSelect={select}
      selectLabel={(hit) => `Select ${reasonOf(hit.event)}`}
      tone={(hit) => severityOf(scoreOf(hit.event))}
    />
  )
}

function severityCounts(buckets: readonly { count: number; split: Record<string, number> }[]): Count[] {
  const all = buckets.map((b) => bySeverity(b.split, b.count))
  return severities.map(({ severity, range }) => ({ value: range, count: all.reduce((sum, c) => sum + c[severity], 0) })).filter((c) => c.count > 0)
}
