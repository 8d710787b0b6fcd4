import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, ApiError, http } from '~/api/client'
import { alertQuery } from '~/api/queries'
import { statusLabel } from '~/shared/event'
import { showDone, showFailed } from '~/shared/undo'
import { patchLists } from '../alerts/stream'
import { report } from '../alerts/triage'

interface Edit {
  etag: string
  status?: string
  assignee?: string
  /** Absent on an undo, which cannot be undone again. */
  before?: { status: string; assignee: string }
}

/** Changes one alert on the version that the person has seen; a conflict shows what is there now instead of overwriting it. */
export function useAlertEdit(id: string) {
  const client = useQueryClient()
  const edit = useMutation({
    mutationFn: ({ etag, status, assignee }: Edit) =>
      answer(
        http.PATCH('/api/v1/alerts/{id}', {
          params: { path: { id }, header: { 'If-Match': etag } },
          body: { ...(status !== undefined && { status }), ...(assignee !== undefined && { assignee }) },
        } as never),
      ) as Promise<{ version: number }>,
    onSuccess: async (changed, { status, assignee, before }) => {
      patchLists(client, new Map([[id, { version: changed.version, status, assignee }]]))
      void client.invalidateQueries({ queryKey: ['counts', 'alerts'] })
      await client.invalidateQueries({ queryKey: ['alert', id] })
      if (!before) return
      showDone(status ? `Alert is ${statusLabel(status).toLowerCase()}` : assignee ? `Assigned to ${assignee}` : 'Assigned to nobody', () => {
        const now = client.getQueryData(alertQuery(id).queryKey)
        if (now) edit.mutate({ etag: now.etag, ...(status !== undefined && { status: before.status }), ...(assignee !== undefined && { assignee: before.assignee }) })
      })
    },
    onError: async (error) => {
      if (error instanceof ApiError && error.status === 412) {
        await client.invalidateQueries({ queryKey: ['alert', id] })
        showFailed('Somebody else changed this alert', 'You see it as it is now; your change was not made. Look at the history, then repeat it if it still fits.')
      } else report(error)
    },
  })
  return edit
}
