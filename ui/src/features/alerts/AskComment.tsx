import { Button, Modal, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { plural } from '~/shared/format'
import type { Change } from './triage'
import classes from './AlertsPage.module.css'

/** One comment for all the selected alerts. */
export function AskComment({ count, onClose, onDone }: { count: number; onClose: () => void; onDone: (change: Change) => void }) {
  const [text, setText] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim()) onDone({ comment: text.trim() })
  }
  return (
    <Modal opened onClose={onClose} title={`Comment on ${plural(count, 'alert')}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit} className={classes.ask}>
        <Textarea label="Comment" autosize minRows={3} value={text} onChange={(e) => setText(e.currentTarget.value)} data-autofocus />
        <Button type="submit" disabled={!text.trim()}>
          Add comment
        </Button>
      </form>
    </Modal>
  )
}
