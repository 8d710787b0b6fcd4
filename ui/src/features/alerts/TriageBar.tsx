import { Button, Menu, Tooltip } from '@mantine/core'
import { IconArrowUpRight, IconCheck, IconChevronDown, IconMessage, IconUser, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { assigneesQuery } from '~/api/queries'
import { statuses } from '~/api/types'
import { StatusMark } from '~/shared/event'
import { plural } from '~/shared/format'
import { useRefusal, useSession } from '~/shell/session'
import type { Change } from './triage'
import classes from './AlertsPage.module.css'

const AskComment = lazy(() => import('./AskComment').then((m) => ({ default: m.AskComment })))

/** What can be done to the selected alerts. */
export function TriageBar({ count, onChange, onClear, busy }: { count: number; onChange: (change: Change) => void; onClear: () => void; busy: boolean }) {
  const refused = useRefusal('analyst')
  const [asking, setAsking] = useState(false)
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
          <AssigneeItems onChoose={(assignee) => onChange({ assignee })} />
        </Menu.Dropdown>
      </Menu>
      <Button variant="default" leftSection={<IconMessage size={14} />} disabled={Boolean(refused)} onClick={() => setAsking(true)}>
        Comment
      </Button>
      <span className="spacer" />
      <Button variant="subtle" color="gray" leftSection={<IconX size={14} />} onClick={onClear}>
        Clear selection
      </Button>
      <Suspense>
        {asking && (
          <AskComment
            count={count}
            onClose={() => setAsking(false)}
            onDone={(change) => {
              setAsking(false)
              onChange(change)
            }}
          />
        )}
      </Suspense>
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

/** Menu items: me, nobody, and everybody who may work on alerts. */
export function AssigneeItems({ onChoose, current }: { onChoose: (assignee: string) => void; current?: string }) {
  const session = useSession()
  const others = (useQuery(assigneesQuery).data ?? []).filter((name) => name !== session?.name)
  return (
    <>
      {session && (
        <Menu.Item onClick={() => onChoose(session.name)} disabled={current === session.name}>
          To me ({session.name})
        </Menu.Item>
      )}
      {others.slice(0, 30).map((name) => (
        <Menu.Item key={name} onClick={() => onChoose(name)} disabled={current === name}>
          To {name}
        </Menu.Item>
      ))}
      <Menu.Item onClick={() => onChoose('')} disabled={current === ''}>
        To nobody
      </Menu.Item>
    </>
  )
}
