import { Button, Menu, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconArrowLeft, IconArrowUpRight, IconCheck, IconChevronDown, IconCopy, IconDots, IconUser } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { ApiError } from '~/api/client'
import { alertQuery } from '~/api/queries'
import type { AlertView, EventFields } from '~/api/types'
import { first, idOf, reasonOf, Score, sensorOf, timeOf } from '~/shared/event'
import { FieldTable } from '~/shared/FieldTable'
import { text, visible } from '~/shared/format'
import { useNow } from '~/shared/hooks'
import { useShortcuts } from '~/shared/keyboard'
import { filter } from '~/shared/query/text'
import { Empty, Failure, PageLoading } from '~/shared/states'
import { ago, fullTime } from '~/shared/time/format'
import { around } from '~/shared/time/range'
import { useRefusal } from '~/shell/session'
import { useFrame } from '~/url'
import { AssigneeItems, Refusable, StatusMenu } from '../alerts/TriageBar'
import { Discussion } from './Discussion'
import { Ends } from './Ends'
import { Indicator } from './Indicator'
import { Related } from './Related'
import { useAlertEdit } from './edit'
import { Verdict } from './Verdict'
import classes from './AlertPage.module.css'

const route = getRouteApi('/app/alerts/$id' as never)

export function AlertPage() {
  const { id } = route.useParams() as { id: string }
  const alert = useQuery(alertQuery(id))
  if (alert.isPending) return <PageLoading />
  if (alert.isError) {
    if (alert.error instanceof ApiError && alert.error.status === 404) {
      return (
        <Empty title="This alert does not exist" actions={<BackToAlerts />}>
          {alert.error.message}
        </Empty>
      )
    }
    return <Failure error={alert.error} retry={() => void alert.refetch()} />
  }
  return <Loaded key={id} id={id} alert={alert.data} />
}

function BackToAlerts() {
  return (
    <Button component={Link} to={'/alerts' as never} variant="default">
      Back to the alerts
    </Button>
  )
}

function Loaded({ id, alert }: { id: string; alert: AlertView & { etag: string } }) {
  const { zone } = useFrame()
  const navigate = useNavigate()
  const event = alert.event as EventFields
  const refused = useRefusal('analyst')
  const edit = useAlertEdit(id)
  const clipboard = useClipboard({ timeout: 1200 })
  const now = useNow()
  const at = timeOf(event)
  const status = alert.status.toLowerCase()
  const rule = first(event, 'rule.name')

  const change = (wanted: { status?: string; assignee?: string }) => !refused && edit.mutate({ etag: alert.etag, ...wanted, before: { status, assignee: alert.assignee ?? '' } })
  const back = () => (window.history.length > 1 ? window.history.back() : void navigate({ to: '/alerts', search: true } as never))
  useShortcuts({ e: () => change({ status: 'escalated' }), r: () => change({ status: 'resolved' }), Escape: back })

  const pivot = (to: '/alerts' | '/search') => (field: string, value: string, negated: boolean) =>
    void navigate({ to, search: (before: { from: string; to: string; tz: string }) => ({ from: before.from, to: before.to, tz: before.tz, q: filter('', field, value, negated) }) } as never)

  return (
    <article className={classes.page}>
      <header className={classes.head}>
        <button type="button" className={classes.back} onClick={back} aria-label="Back">
          <IconArrowLeft size={18} />
        </button>
        <Score event={event} large />
        <div className={classes.title}>
          <h2>{reasonOf(event)}</h2>
          <p>
            {rule && !reasonOf(event).includes(rule) && <span>{visible(rule, 160)}</span>}
            <span>{visible(sensorOf(event), 60)}</span>
            <time dateTime={text(event['@timestamp'])} className="num">
              {fullTime(at, zone)} <span className="muted">({ago(at, now)})</span>
            </time>
            <Tooltip label={clipboard.copied ? 'Copied' : 'Copy the id'}>
              <button type="button" className={`mono ${classes.id}`} onClick={() => clipboard.copy(id)} aria-label={`Copy the id ${id}`}>
                <span className="clip">{visible(id, 40)}</span>
                {clipboard.copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
              </button>
            </Tooltip>
          </p>
        </div>
        <div className={classes.actions}>
          <Refusable refused={refused}>
            <StatusMenu current={status} disabled={Boolean(refused)} onChoose={(chosen) => change({ status: chosen })} />
          </Refusable>
          <Menu position="bottom-end" width={200}>
            <Menu.Target>
              <Button variant="default" leftSection={<IconUser size={14} />} rightSection={<IconChevronDown size={13} />} aria-label={alert.assignee ? `Assigned to ${alert.assignee}` : 'Assign'} disabled={Boolean(refused)} title={refused} maw={150}>
                {alert.assignee ? visible(alert.assignee, 40) : 'Assign'}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <AssigneeItems current={alert.assignee ?? ''} onChoose={(assignee) => change({ assignee })} />
            </Menu.Dropdown>
          </Menu>
          <Refusable refused={refused}>
            <Button variant="default" leftSection={<IconArrowUpRight size={14} />} disabled={Boolean(refused) || status === 'escalated'} onClick={() => change({ status: 'escalated' })}>
              Escalate
            </Button>
          </Refusable>
          <Refusable refused={refused}>
            <Button leftSection={<IconCheck size={14} />} disabled={Boolean(refused) || status === 'resolved'} onClick={() => change({ status: 'resolved' })}>
              Resolve
            </Button>
          </Refusable>
          <Menu position="bottom-end" width={230}>
            <Menu.Target>
              <Button variant="default" px={8} aria-label="More actions">
                <IconDots size={16} />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => void navigate({ to: '/search', search: (before: object) => ({ ...before, ...around(at, 15) }) } as never)}>All events 15 minutes around</Menu.Item>
              <Menu.Item onClick={() => pivot('/alerts')('rule.name', first(event, 'rule.name') ?? '', false)} disabled={!first(event, 'rule.name')}>
                Alerts of the same rule
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      </header>
      <div className={classes.columns}>
        <div className={classes.main}>
          <Verdict contributions={alert.contributions} event={event} />
          <Ends event={event} onPivot={pivot('/search')} />
          <Related id={id} event={event} zone={zone} />
          <section className="panel" aria-labelledby="fields-title">
            <header>
              <h2 id="fields-title">All fields</h2>
              <span className="muted num">{Object.keys(event).length}</span>
            </header>
            <FieldTable event={event} zone={zone} noun="alerts" onFilter={pivot('/alerts')} without={['event.original']} />
          </section>
          <Original event={event} />
        </div>
        <div className={classes.side}>
          <Indicator event={event} zone={zone} onPivot={pivot('/search')} />
          <Discussion id={idOf(event) || id} alert={alert} zone={zone} refused={refused} />
        </div>
      </div>
    </article>
  )
}

function Original({ event }: { event: EventFields }) {
  const clipboard = useClipboard({ timeout: 1200 })
  const original = first(event, 'event.original')
  return (
    <section className="panel" aria-labelledby="original-title">
      <header>
        <h2 id="original-title">Original text</h2>
        <span className="spacer" />
        {original && (
          <Button size="compact-xs" variant="default" leftSection={clipboard.copied ? <IconCheck size={13} /> : <IconCopy size={13} />} onClick={() => clipboard.copy(original)}>
            {clipboard.copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </header>
      {original ? (
        <pre className={classes.original} tabIndex={0} role="group" aria-label="Original text">
          {visible(original)}
        </pre>
      ) : (
        <p className={classes.note}>The sensor sent no text for this event.</p>
      )}
    </section>
  )
}
