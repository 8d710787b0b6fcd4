import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { reportSignedOut } from '~/api/client'
import type { EventFields, SearchAnswer } from '~/api/types'

export interface AlertMessage {
  id: string
  version: number
  event: EventFields
}

export type StreamState = 'connecting' | 'live' | 'broken'

/** Alerts as they are made or changed, in batches of at most one a second; the browser reconnects by itself. */
export function useAlertStream(onBatch: (messages: AlertMessage[]) => void): StreamState {
  const [state, setState] = useState<StreamState>('connecting')
  const latest = useRef(onBatch)
  latest.current = onBatch
  useEffect(() => {
    const source = new EventSource('/api/v1/alerts/stream')
    let batch: AlertMessage[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    source.onopen = () => setState('live')
    source.onerror = () => setState('broken')
    source.addEventListener('signed-out', reportSignedOut)
    // The server could not give all that was missed while the connection was away: an empty batch says "look again".
    source.addEventListener('missed', () => latest.current([]))
    source.addEventListener('alert', (message) => {
      // A storm must not fill the memory: past this, "many" is all one needs to know.
      if (batch.length < 5000) batch.push(JSON.parse((message as MessageEvent<string>).data) as AlertMessage)
      timer ??= setTimeout(() => {
        const ready = batch
        batch = []
        timer = undefined
        latest.current(ready)
      }, 1000)
    })
    return () => {
      source.close()
      clearTimeout(timer)
    }
  }, [])
  return state
}

export interface StateChange {
  version: number
  status?: string
  /** Empty: nobody. */
  assignee?: string
}

/** Writes changed states into every list in the cache, so that no row moves and none shows what is no longer true. */
export function patchLists(client: QueryClient, changes: ReadonlyMap<string, StateChange>) {
  client.setQueriesData<SearchAnswer>({ queryKey: ['page', 'alerts'] }, (page) =>
    page?.hits.some((hit) => changes.has(String(hit.event['event.id']))) ? { ...page, hits: page.hits.map((hit) => patchHit(hit, changes)) } : page,
  )
}

function patchHit<H extends { event: EventFields }>(hit: H, changes: ReadonlyMap<string, StateChange>): H {
  const change = changes.get(String(hit.event['event.id']))
  if (!change || Number(hit.event['alert.version'] ?? 0) > change.version) return hit
  const event: EventFields = { ...hit.event, 'alert.version': change.version }
  if (change.status !== undefined) event['alert.status'] = change.status
  if (change.assignee === '') delete event['alert.assignee']
  else if (change.assignee !== undefined) event['alert.assignee'] = change.assignee
  return { ...hit, event }
}

export function useListPatcher() {
  const client = useQueryClient()
  return (changes: ReadonlyMap<string, StateChange>) => patchLists(client, changes)
}
