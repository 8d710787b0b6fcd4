/** The rows of a list of any length: the pages around what is in sight, and nothing else, are in the memory. */
import { useQueries, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { type Index, pageQuery, pageSize, startOf, trailQuery, trailStart } from '~/api/queries'
import type { Hit, SearchAnswer, SearchBody } from '~/api/types'

/** Rows this far beyond what is in sight are asked for, so that a scroll seldom meets an empty row. */
const margin = 120

export interface Rows {
  /** All that match, as of the first page. */
  total: number
  /** Rows that can be scrolled to: those read so far, and the page that comes next. */
  count: number
  /** Undefined while it is being read. */
  rowAt: (index: number) => Hit | undefined
}

const nothing: Rows = { total: 0, count: 0, rowAt: () => undefined }

export function usePages(index: Index, body: SearchBody) {
  const client = useQueryClient()
  const trail = useQuery(trailQuery(index, body)).data
  const [sight, setSight] = useState({ first: 0, last: 0 })
  const numbers = useMemo(() => wanted(sight, trail.cursors.length), [sight, trail.cursors.length])
  const combine = useCallback(
    (results: UseQueryResult<SearchAnswer>[]) => ({
      pages: new Map(results.flatMap(({ data }, i): [number, SearchAnswer][] => (data ? [[numbers[i]!, data]] : []))),
      fetching: results.some((r) => r.isFetching),
      failed: results.find((r) => r.isError),
      answer: results[0]?.data,
    }),
    [numbers],
  )
  const { pages, fetching, failed, answer } = useQueries({ queries: numbers.map((n) => pageQuery(index, body, trail, n)), combine })

  const current = useMemo<Rows | undefined>(() => {
    const total = pages.get(0)?.total
    if (total === undefined) return undefined
    const end = trail.cursors.length - 1
    const last = pages.get(end)
    return {
      total,
      count: last && !last.next ? end * pageSize + last.hits.length : Math.min(total, trail.cursors.length * pageSize),
      rowAt: (i) => pages.get(Math.floor(i / pageSize))?.hits[i % pageSize] as Hit | undefined,
    }
  }, [pages, trail.cursors.length])

  // While another question is being answered, what was there stays in sight.
  const before = useRef<Rows>(undefined)
  if (current) before.current = current

  const onSight = useCallback((first: number, last: number) => {
    setSight((old) => (pageOf(old.first - margin) === pageOf(first - margin) && pageOf(old.last + margin) === pageOf(last + margin) ? old : { first, last }))
  }, [])
  const restart = useCallback(() => {
    client.removeQueries({ queryKey: ['page', index, body], type: 'inactive' })
    client.setQueryData(trailQuery(index, body).queryKey, trailStart())
    setSight({ first: 0, last: 0 })
  }, [client, index, body])
  const leave = useCallback(
    (top: number, active: number) => client.setQueryData(trailQuery(index, body).queryKey, (old) => old && { ...old, top, active }),
    [client, index, body],
  )
  /** All rows that are still in the memory, in order. */
  const loaded = useCallback(() => {
    const { cursors } = trail
    return cursors.flatMap((_, n) => (client.getQueryData(pageQuery(index, body, trail, n).queryKey)?.hits as Hit[] | undefined) ?? [])
  }, [client, index, body, trail])

  return {
    ...(current ?? before.current ?? nothing),
    /** Nothing is there yet, not even of the question before. */
    pending: current === undefined && before.current === undefined && !failed,
    stale: current === undefined && before.current !== undefined,
    fetching,
    error: failed?.error ?? undefined,
    failedAtAll: failed !== undefined && current === undefined,
    retry: () => void failed?.refetch(),
    tookMillis: answer?.tookMillis,
    from: startOf(body, trail.asOf),
    trail,
    onSight,
    restart,
    leave,
    loaded,
  }
}

const pageOf = (row: number) => Math.floor(Math.max(0, row) / pageSize)

/** The first page, for it knows the total, and those around what is in sight, as far as their beginning is known. */
export function wanted({ first, last }: { first: number; last: number }, known: number): number[] {
  const numbers = [0]
  for (let n = Math.max(1, pageOf(first - margin)); n <= pageOf(last + margin) && n < known; n++) numbers.push(n)
  return numbers
}
