/** Status, assignee and comment of one or many alerts, with undo. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, ApiError, http } from '~/api/client'
import type { EventFields, Status } from '~/api/types'
import { statusLabel } from '~/shared/event'
import { plural } from '~/shared/format'
import { showDone, showFailed } from '~/shared/undo'
import { patchLists, type StateChange } from './stream'

export interface AlertState {
  id: string
  version: number
  status: string
  assignee: string
}

export function stateOfAlert(event: EventFields): AlertState {
  return {
    id: String(event['event.id']),
    version: Number(event['alert.version'] ?? 1),
    status: String(event['alert.status'] ?? 'new').toLowerCase(),
    assignee: event['alert.assignee'] ? String(event['alert.assignee']) : '',
  }
}

export interface Change {
  status?: string
  assignee?: string
  comment?: string
}

// The server takes so many at once; more are sent one request after the other.
const atOnce = 1000

interface Outcome {
  changed: { id: string; version: number }[]
  failed: { id: string; problem?: { title?: string; detail?: string } }[]
}

async function send(ids: { id: string; version: number }[], change: Change): Promise<Outcome> {
  const outcome: Outcome = { changed: [], failed: [] }
  for (let i = 0; i < ids.length; i += atOnce) {
    const part = await answer(http.POST('/api/v1/alerts/bulk', { body: { ids: ids.slice(i, i + atOnce), ...change, status: change.status as Status | undefined } }))
    outcome.changed.push(...(part.changed as Outcome['changed']))
    outcome.failed.push(...(part.failed as Outcome['failed']))
  }
  return outcome
}

export function useTriage() {
  const client = useQueryClient()

  const apply = (outcome: Outcome, change: Change) => {
    const changes = new Map<string, StateChange>(outcome.changed.map(({ id, version }) => [id, { version, status: change.status, assignee: change.assignee }]))
    patchLists(client, changes)
    for (const { id } of outcome.changed) void client.invalidateQueries({ queryKey: ['alert', id] })
    void client.invalidateQueries({ queryKey: ['counts', 'alerts'] })
  }

  const undo = useMutation({
    mutationFn: async ({ before, outcome, change }: { before: AlertState[]; outcome: Outcome; change: Change }) => {
      const versions = new Map(outcome.changed.map((c) => [c.id, c.version]))
      // Back to what each one was: those that were alike go back together.
      const groups = new Map<string, AlertState[]>()
      for (const state of before) {
        if (!versions.has(state.id)) continue
        const key = JSON.stringify([change.status !== undefined && state.status, change.assignee !== undefined && state.assignee])
        groups.set(key, [...(groups.get(key) ?? []), state])
      }
      for (const group of groups.values()) {
        const back: Change = {
          ...(change.status !== undefined && { status: group[0]!.status }),
          ...(change.assignee !== undefined && { assignee: group[0]!.assignee }),
        }
        apply(await send(group.map(({ id }) => ({ id, version: versions.get(id)! })), back), back)
      }
    },
    onError: report,
  })

  const act = useMutation({
    mutationFn: async ({ alerts, change }: { alerts: AlertState[]; change: Change }) => ({
      outcome: await send(alerts.map(({ id, version }) => ({ id, version })), change),
      alerts,
      change,
    }),
    onSuccess: ({ outcome, alerts, change }) => {
      apply(outcome, change)
      if (outcome.changed.length > 0) {
        const undoable = change.status !== undefined || change.assignee !== undefined
        showDone(done(change, outcome.changed.length), undoable ? () => undo.mutate({ before: alerts, outcome, change }) : undefined)
      }
      if (outcome.failed.length > 0) {
        const reason = outcome.failed[0]?.problem
        showFailed(`${plural(outcome.failed.length, 'alert')} not changed`, reason?.detail ?? reason?.title ?? 'Somebody else changed them in the meantime. Load the list again and repeat.')
      }
    },
    onError: report,
  })
  return act
}

export function report(error: Error) {
  showFailed(error instanceof ApiError ? error.problem.title : 'That did not work', error.message)
}

function done(change: Change, n: number): string {
  const what = plural(n, 'alert')
  if (change.status) return `${what} ${change.status === 'new' || change.status === 'open' ? `set to ${statusLabel(change.status)}` : statusLabel(change.status).toLowerCase()}`
  if (change.assignee !== undefined) return change.assignee ? `${what} assigned to ${change.assignee}` : `${what} assigned to nobody`
  return `${what} commented`
}
