/** What a list page asks and what it was told: the rows, the histogram, the facets, and which row is the active one. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { ApiError } from '~/api/client'
import { countsQuery, type Index } from '~/api/queries'
import type { Hit, SearchBody } from '~/api/types'
import type { FacetField } from '~/shared/Facets'
import { useShortcuts } from '~/shared/keyboard'
import { filter, without } from '~/shared/query/text'
import { bounds } from '~/shared/time/range'
import { parseSort, useFrame, useList } from '~/url'
import { usePages } from './pages'

interface Options {
  index: Index
  facets: readonly FacetField[]
  facetSize: number
  /** Field that splits the buckets of the histogram. */
  splitBy?: string
  highlight?: boolean
  /** A key has moved to this row. */
  onMove?: (hit: Hit) => void
}

/** A jump with the page keys, in rows: what a small screen shows. */
const pageJump = 20

export function useQuestion({ index, facets, facetSize, splitBy, highlight = false, onMove }: Options) {
  const { range, zone, setRange } = useFrame()
  const list = useList()
  const { query, set } = list
  const sort = parseSort(list.sort, '-@timestamp')
  const client = useQueryClient()

  const question = useMemo<SearchBody>(() => ({ query, from: range.from, to: range.to }), [query, range.from, range.to])
  const ordered = useMemo(
    () => ({ ...question, sort, ...(highlight && query !== '' && { highlight: true }) }),
    [question, sort.field, sort.descending, highlight, query],
  )
  const pages = usePages(index, ordered)
  const counts = useQuery(
    countsQuery(
      index,
      useMemo(() => ({ ...question, facets: facets.map(({ field }) => ({ field, size: facetSize })), histogram: { splitBy } }), [question, facets, facetSize, splitBy]),
    ),
  )
  const seenAt = counts.dataUpdatedAt || Date.now()
  const bound = useMemo(() => bounds(range, seenAt), [range.from, range.to, seenAt])

  const [active, setActive] = useState(pages.trail.active)
  const asked = useRef(ordered)
  useEffect(() => {
    // Not at first: then it is where the person left the list.
    if (asked.current !== ordered) setActive(-1)
    asked.current = ordered
  }, [ordered])

  const refresh = () => {
    setActive(-1)
    pages.restart()
    void client.invalidateQueries({ queryKey: ['counts', index] })
  }
  const onSort = (field: string) => void set({ sort: sort.field === field && sort.descending ? field : `-${field}` })
  const turn = () => void set({ sort: sort.descending ? sort.field : `-${sort.field}` })

  const move = (row: number) => {
    const to = Math.max(0, Math.min(pages.count - 1, row))
    const hit = pages.rowAt(to)
    setActive(to)
    if (hit) onMove?.(hit)
  }
  useShortcuts({
    j: () => move(active + 1),
    k: () => move(active - 1),
    ArrowDown: () => move(active + 1),
    ArrowUp: () => move(active - 1),
    PageDown: () => move(active + pageJump),
    PageUp: () => move(active - pageJump),
    Home: () => move(0),
    // The end of a long list is the beginning of the same list the other way round.
    End: () => (pages.count < pages.total ? turn() : move(pages.count - 1)),
  })

  return {
    index,
    query,
    set,
    range,
    zone,
    setRange,
    question,
    sort,
    onSort,
    turn,
    pages,
    counts,
    bound,
    active,
    setActive,
    refresh,
    cols: list.cols,
    open: list.open,
    badQuery: pages.error instanceof ApiError && pages.error.status === 400,
    onRun: (wanted: string) => (wanted === query ? refresh() : void set({ q: wanted || undefined })),
    onFilter: (field: string, value: string, negated: boolean) => void set({ q: filter(query, field, value, negated) }),
    onClear: (field: string, value: string) => void set({ q: without(query, field, value) || undefined }),
  }
}

export type Question = ReturnType<typeof useQuestion>
