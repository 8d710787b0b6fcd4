import { Button, Menu, Modal, Textarea, TextInput, Tooltip } from '@mantine/core'
import { IconArrowUpRight, IconCheck, IconChevronDown, IconMessage, IconUser, IconX } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { statuses } from '~/api/types'
import { StatusMark } from '~/shared/event'
import { plural } from '~/shared/format'
import { useRefusal, useSession } from '~/shell/session'
import type { Change } from './triage'
import classes from './AlertsPage.module.css'

/** What can be done to the selected alerts. */
export function TriageBar({ count, onChange, onClear, busy }: { count: number; onChange: (change: Change) => void; onClear: () => void; busy: boolean }) {
  const refused = useRefusal('analyst')
  const session = useSession()
  const [asking, setAsking] = useState<'assignee' | 'comment'>()
  return (
    <div className={classes.triage} role="toolbar" aria-label="Selected alerts">
      <strong className="num">{plural(count, 'alert')} selected</strong>
      <Refusable refused={refused}>
        <Button leftSection={<IconArrowUpRight size={14} />} variant="default" disabled={Boolean(refused)} loading={busy} onClick={() => onChange({ status: 'escalated' })}>
          Escalate
        </Button>
      </Refusable>
      <Refusable refused={refused}>
        <Button leftSection={<IconCheck size={14} />} variant="default" disabled={Boolean(refused)} loading={busy} onClick={() => onChange({ status: 'resolved' })}>
          Resolve
        </Button>
      </Refusable>
      <StatusMenu disabled={Boolean(refused)} onChoose={(status) => onChange({ status })} />
      <Menu width={200}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconUser size={14} />} rightSection={<IconChevronDown size={13} />} disabled={Boolean(refused)}>
            Assign
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {session && <Menu.Item onClick={() => onChange({ assignee: session.name })}>To me ({session.name})</Menu.Item>}
          <Menu.Item onClick={() => setAsking('assignee')}>To someone else…</Menu.Item>
          <Menu.Item onClick={() => onChange({ assignee: '' })}>To nobody</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button variant="default" leftSection={<IconMessage size={14} />} disabled={Boolean(refused)} onClick={() => setAsking('comment')}>
        Comment
      </Button>
      <span className="spacer" />
      <Button variant="subtle" color="gray" leftSection={<IconX size={14} />} onClick={onClear}>
        Clear selection
      </Button>
      {asking && (
        <Ask
          what={asking}
          count={count}
          onClose={() => setAsking(undefined)}
          onDone={(change) => {
            setAsking(undefined)
            onChange(change)
          }}
        />
      )}
    </div>
  )
}

export function StatusMenu({ disabled, onChoose, current }: { disabled: boolean; onChoose: (status: string) => void; current?: string }) {
  return (
    <Menu width={170}>
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={13} />} disabled={disabled}>
          {current ? <StatusMark status={current} /> : 'Set status'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {statuses.map((status) => (
          <Menu.Item key={status} onClick={() => onChoose(status)} disabled={status === current}>
            <StatusMark status={status} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

export function Refusable({ refused, children }: { refused: string | undefined; children: React.ReactNode }) {
  return refused ? (
    <Tooltip label={refused}>
      <span>{children}</span>
    </Tooltip>
  ) : (
    children
  )
}

export function Ask({ what, count, onClose, onDone }: { what: 'assignee' | 'comment'; count: number; onClose: () => void; onDone: (change: Change) => void }) {
  const [text, setText] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim()) onDone(what === 'comment' ? { comment: text.trim() } : { assignee: text.trim() })
  }
  return (
    <Modal opened onClose={onClose} title={what === 'comment' ? `Comment on ${plural(count, 'alert')}` : `Assign ${plural(count, 'alert')}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit} className={classes.ask}>
        {what === 'comment' ? (
          <Textarea label="Comment" autosize minRows={3} value={text} onChange={(e) => setText(e.currentTarget.value)} data-autofocus />
        ) : (
          <TextInput label="User name" value={text} onChange={(e) => setText(e.currentTarget.value)} data-autofocus />
        )}
        <Button type="submit" disabled={!text.trim()}>
          {what === 'comment' ? 'Add comment' : 'Assign'}
        </Button>
      </form>
    </Modal>
  )
}
