/** Every question the console asks, with its cache key. Pages and route loaders share these. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { resolve } from '~/shared/time/range'
import { answer, answerWithHeaders, ApiError, http, pathWithSlashes } from './client'
import type { SearchAnswer, SearchBody, Stage } from './types'

export type Index = 'events' | 'alerts'

export const pageSize = 200

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  // Nobody signed in is an answer, not a failure.
  queryFn: () =>
    answer(http.GET('/api/v1/session')).catch((error) => {
      if (error instanceof ApiError && (error.status === 401 || error.status === 403)) return null
      throw error
    }),
  staleTime: 5 * 60_000,
  retry: 1,
})

function search(index: Index, body: SearchBody, signal?: AbortSignal): Promise<SearchAnswer> {
  return answer(
    index === 'alerts'
      ? http.POST('/api/v1/alerts/search', { body, signal })
      : http.POST('/api/v1/events/search', { body, signal }),
  )
}

/** Who an alert can be given to. */
export const assigneesQuery = queryOptions({
  queryKey: ['assignees'],
  queryFn: ({ signal }) => answer(http.GET('/api/v1/assignees', { signal })),
  staleTime: 60_000,
})

/**
 * How far a list has been read: when its first page was asked for, and where each page begins. It outlives its pages, so
 * that a page that was dropped is found again without reading those before it.
 */
export interface Trail {
  /** "24 hours ago" is settled once: later pages, and the count of what has arrived since, go on with the same start. */
  readonly asOf: number
  readonly cursors: readonly (string | undefined)[]
  /** Where the person was when they left the list. */
  readonly top: number
  readonly active: number
}

export const trailStart = (): Trail => ({ asOf: Date.now(), cursors: [undefined], top: 0, active: -1 })

export const trailQuery = (index: Index, body: SearchBody) =>
  queryOptions({
    queryKey: ['trail', index, body],
    queryFn: trailStart,
    initialData: trailStart,
    staleTime: Infinity,
    gcTime: 10 * 60_000,
  })

/** One page of a list. Far away from what is in sight it is dropped after a while; the first stays as long as the trail. */
export const pageQuery = (index: Index, body: SearchBody, { asOf, cursors }: Trail, number: number) =>
  queryOptions({
    queryKey: ['page', index, body, asOf, number],
    queryFn: async ({ signal, client }) => {
      const page = await search(index, { ...body, from: startOf(body, asOf), size: pageSize, cursor: cursors[number] }, signal)
      if (page.next) {
        client.setQueryData(trailQuery(index, body).queryKey, (trail) =>
          trail?.asOf === asOf && trail.cursors.length === number + 1 ? { ...trail, cursors: [...trail.cursors, page.next ?? undefined] } : trail,
        )
      }
      return page
    },
    // A page that changed by itself would put rows twice or nowhere: it is read again only with the whole list.
    staleTime: Infinity,
    gcTime: number === 0 ? 11 * 60_000 : 20_000,
  })

export function startOf({ from }: SearchBody, asOf: number): string | undefined {
  const millis = from === undefined || from === null ? undefined : resolve(from, asOf)
  return millis === undefined ? (from ?? undefined) : new Date(millis).toISOString()
}

/** Histogram and facets of the same question: asked apart, so that the rows never wait for counting. */
export const countsQuery = (index: Index, body: SearchBody) =>
  queryOptions({
    queryKey: ['counts', index, body],
    queryFn: ({ signal }) => search(index, { ...body, size: 0 }, signal),
    placeholderData: keepPreviousData,
  })

export const queryCheck = (query: string) =>
  queryOptions({
    queryKey: ['check', query],
    queryFn: ({ signal }) => answer(http.POST('/api/v1/query/check', { body: { query }, signal })),
    staleTime: Infinity,
  })

export const fieldsQuery = queryOptions({
  queryKey: ['fields'],
  queryFn: ({ signal }) => answer(http.GET('/api/v1/fields', { signal })),
  staleTime: 60_000,
})

export const valuesQuery = (index: Index, name: string, prefix: string, size = 30) =>
  queryOptions({
    queryKey: ['values', index, name, prefix, size],
    queryFn: ({ signal }) =>
      answer(http.GET('/api/v1/fields/{name}/values', { params: { path: { name }, query: { prefix, index, size } }, signal })),
    staleTime: 30_000,
  })

export const eventQuery = (id: string) =>
  queryOptions({
    queryKey: ['event', id],
    queryFn: ({ signal }) => answer(http.GET('/api/v1/events/{id}', { params: { path: { id } }, signal })),
    staleTime: Infinity,
  })

export const alertQuery = (id: string) =>
  queryOptions({
    queryKey: ['alert', id],
    queryFn: async ({ signal }) => {
      const { data, headers } = await answerWithHeaders(http.GET('/api/v1/alerts/{id}', { params: { path: { id } }, signal }))
      return { ...data, etag: headers.get('ETag') ?? `"${data.version}"` }
    },
  })

export const relatedQuery = (id: string, before: string, after: string) =>
  queryOptions({
    queryKey: ['related', id, before, after],
    queryFn: ({ signal }) =>
      answer(http.GET('/api/v1/alerts/{id}/related', { params: { path: { id }, query: { before, after } }, signal })),
    staleTime: 60_000,
  })

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => answer(http.GET('/api/v1/health', { signal })),
  refetchInterval: 5_000,
})

export const deadLettersQuery = (filter: { sensor?: string; stage?: Stage }) =>
  infiniteQueryOptions({
    queryKey: ['dead-letters', filter],
    queryFn: ({ pageParam, signal }) =>
      answer(http.GET('/api/v1/dead-letters', { params: { query: { ...filter, cursor: pageParam, size: 100 } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })

export const sensorsQuery = queryOptions({
  queryKey: ['sensors'],
  queryFn: ({ signal }) => answer(http.GET('/api/v1/sensors', { signal })),
  staleTime: 60_000,
})

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => answer(http.GET('/api/v1/users', { signal })),
})

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => answer(http.GET('/api/v1/tokens', { signal })),
})

export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ pageParam, signal }) =>
    answer(http.GET('/api/v1/audit', { params: { query: { cursor: pageParam, size: 100 } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.next ?? undefined,
})

export const configFilesQuery = queryOptions({
  queryKey: ['config', 'files'],
  queryFn: ({ signal }) => answer(http.GET('/api/v1/config/files', { signal })),
  // Somebody else, or an editor on the server's disk, may change them.
  refetchInterval: 10_000,
})

/** A file as it is now; null: there is none of that path. */
export const configFileQuery = (path: string) =>
  queryOptions({
    queryKey: ['config', 'file', path],
    queryFn: ({ signal }) =>
      answer(http.GET('/api/v1/config/files/{path}', { params: { path: { path } }, pathSerializer: pathWithSlashes, signal })).catch((error) => {
        if (error instanceof ApiError && error.status === 404) return null
        throw error
      }),
  })

/** Newest first; without a path those of all files. */
export const configHistoryQuery = (path: string | undefined, size: number) =>
  queryOptions({
    queryKey: ['config', 'history', path, size],
    queryFn: ({ signal }) => answer(http.GET('/api/v1/config/history', { params: { query: { path, size } }, signal })),
    placeholderData: keepPreviousData,
  })

export const configDiffQuery = (revision: string) =>
  queryOptions({
    queryKey: ['config', 'diff', revision],
    queryFn: ({ signal }) => answer(http.GET('/api/v1/config/history/{revision}/diff', { params: { path: { revision } }, signal })),
    staleTime: Infinity,
  })
