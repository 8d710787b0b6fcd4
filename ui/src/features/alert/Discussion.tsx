import { ActionIcon, Button, Textarea } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, http } from '~/api/client'
import type { AlertView } from '~/api/types'
import { statusLabel } from '~/shared/event'
import { visible } from '~/shared/format'
import { shortTime } from '~/shared/time/format'
import { refusal, useSession } from '~/shell/session'
import { Refusable } from '../alerts/TriageBar'
import { report } from '../alerts/triage'
import classes from './AlertPage.module.css'

type Part = Pick<AlertView, 'comments' | 'history' | 'status' | 'assignee'>

/** Who works on it, what was said and what was done. */
export function Discussion({ id, alert, zone, refused }: { id: string; alert: Part; zone: string; refused: string | undefined }) {
  const [text, setText] = useState('')
  const session = useSession()
  const client = useQueryClient()
  const reload = () => client.invalidateQueries({ queryKey: ['alert', id] })
  const add = useMutation({
    mutationFn: () => answer(http.POST('/api/v1/alerts/{id}/comments', { params: { path: { id } }, body: { text: text.trim() } })),
    onSuccess: () => {
      setText('')
      return reload()
    },
    onError: report,
  })
  const remove = useMutation({
    mutationFn: (commentId: string) => answer(http.DELETE('/api/v1/alerts/{id}/comments/{commentId}', { params: { path: { id, commentId } } })),
    onSuccess: reload,
    onError: report,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() && !refused) add.mutate()
  }
  const history = [...alert.history].reverse()
  return (
    <>
      <section className="panel" aria-labelledby="comments-title">
        <header>
          <h2 id="comments-title">Comments</h2>
          <span className="muted num">{alert.comments.length || ''}</span>
          <span className="spacer" />
          <span className="muted">{alert.assignee ? `Assigned to ${visible(alert.assignee, 40)}` : 'Not assigned'}</span>
        </header>
        <ul className={classes.comments}>
          {alert.comments.map((comment) => (
            <li key={comment.id}>
              <p className="row">
                <strong>{visible(comment.author, 60)}</strong>
                <span className="muted num">{shortTime(Date.parse(comment.at), zone)}</span>
                <span className="spacer" />
                {(comment.author === session?.name || refusal(session?.role, 'engineer') === undefined) && !refused && (
                  <ActionIcon size="sm" variant="subtle" color="gray" aria-label="Remove the comment" onClick={() => remove.mutate(comment.id)}>
                    <IconTrash size={14} />
                  </ActionIcon>
                )}
              </p>
              <p className={classes.wrap}>{visible(comment.text)}</p>
            </li>
          ))}
        </ul>
        <form onSubmit={submit} className={classes.comment}>
          <Textarea aria-label="New comment" placeholder={refused ?? 'What did you find?'} autosize minRows={2} maxRows={8} value={text} onChange={(e) => setText(e.currentTarget.value)} disabled={Boolean(refused)} onKeyDown={(e) => e.key === 'Enter' && (e.ctrlKey || e.metaKey) && submit(e)} />
          <Refusable refused={refused}>
            <Button type="submit" variant="default" disabled={!text.trim() || Boolean(refused)} loading={add.isPending}>
              Add comment
            </Button>
          </Refusable>
        </form>
      </section>
      <section className="panel" aria-labelledby="history-title">
        <header>
          <h2 id="history-title">History</h2>
        </header>
        <ol className={classes.history}>
          {history.map((change, i) => (
            <li key={i}>
              <span className="muted num">{shortTime(Date.parse(change.at), zone)}</span>
              <span>
                <strong>{visible(change.who, 60)}</strong> {sentence(change.what, change.from, change.to)}
              </span>
            </li>
          ))}
        </ol>
        {history.length === 0 && <p className={classes.note}>Nobody has touched it yet.</p>}
      </section>
    </>
  )
}

function sentence(what: string, from: string | null | undefined, to: string | null | undefined): string {
  if (what === 'status') return from ? `changed ${statusLabel(from).toLowerCase()} to ${statusLabel(to ?? '').toLowerCase()}` : `set ${statusLabel(to ?? '').toLowerCase()}`
  if (what === 'assignee') return to ? `assigned it to ${visible(to, 60)}` : 'assigned it to nobody'
  if (what === 'comment') return 'commented'
  if (what === 'comment-removed') return 'removed a comment'
  return visible(`${what} ${to ?? ''}`, 120)
}
