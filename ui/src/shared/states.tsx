/** Loading, empty, error and too many: every list has these four. */
import { Button, Loader } from '@mantine/core'
import { IconAlertTriangle, IconInbox } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ApiError } from '~/api/client'
import classes from './states.module.css'

export function PageLoading() {
  return (
    <div className={classes.state} role="status">
      <Loader size="sm" color="var(--accent)" />
      <p>Loading</p>
    </div>
  )
}

export function Failure({ error, retry, compact }: { error: unknown; retry?: () => void; compact?: boolean }) {
  const problem = error instanceof ApiError ? error.problem : undefined
  const forbidden = problem?.status === 403
  return (
    <div className={classes.state} data-compact={compact || undefined} role="alert">
      <IconAlertTriangle className={classes.bad} size={compact ? 18 : 26} stroke={1.5} aria-hidden />
      <h2>{forbidden ? 'Your role may not see this' : (problem?.title ?? 'Something went wrong here')}</h2>
      <p>{problem?.detail ?? (error instanceof Error ? error.message : String(error))}</p>
      {retry && !forbidden && (
        <Button variant="default" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  )
}

export function Empty({ title, children, actions, compact }: { title: string; children?: ReactNode; actions?: ReactNode; compact?: boolean }) {
  return (
    <div className={classes.state} data-compact={compact || undefined}>
      <IconInbox className={classes.calm} size={compact ? 18 : 28} stroke={1.3} aria-hidden />
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {actions && <div className="row">{actions}</div>}
    </div>
  )
}

/** A thin moving line at the top of what is being loaded again; what was there stays in place. */
export function Busy({ active, label }: { active: boolean; label: string }) {
  return (
    <div className={classes.busy} data-active={active || undefined} role="status">
      {active && <span className="visually-hidden">{label}</span>}
    </div>
  )
}
