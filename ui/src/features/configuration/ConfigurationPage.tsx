import { Button, Loader } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { type KeyboardEvent, useRef, useState } from 'react'
import { ApiError } from '~/api/client'
import { configFilesQuery, configHistoryQuery, healthQuery } from '~/api/queries'
import type { Fault, PartHealth, Revision } from '~/api/types'
import { Confirm } from '~/shared/Confirm'
import { visible } from '~/shared/format'
import { useNow } from '~/shared/hooks'
import { Failure, PageLoading } from '~/shared/states'
import { ago } from '~/shared/time/format'
import { useRefusal } from '~/shell/session'
import { type ConfigurationTab, configurationTabs, useConfigurationSearch, useFrame } from '~/url'
import { StatusIcon } from '../health/HealthPage'
import { type Drafts, useDrafts } from './drafts'
import { readFault, sentenceAndCode } from './faults'
import { FileEditor } from './FileEditor'
import { FileList } from './FileList'
import { newKinds, type NewKind, template } from './files'
import { History, short } from './History'
import { NewFile } from './NewFile'
import { type Trial, TryIt } from './TryIt'
import classes from './ConfigurationPage.module.css'

const labels: Record<ConfigurationTab, string> = { files: 'Files', history: 'History', try: 'Try it' }

export function ConfigurationPage() {
  const { tab = 'files', file, set } = useConfigurationSearch()
  const { zone } = useFrame()
  const mayTry = useRefusal('analyst')
  const mayEdit = useRefusal('engineer')
  const drafts = useDrafts()
  const [trial, setTrial] = useState<Trial>({ text: '' })
  const files = useQuery({ ...configFilesQuery, enabled: mayEdit === undefined })
  const { part, newest, waiting } = useInUse(mayTry === undefined, mayEdit === undefined)
  const fault = part?.status !== 'ok' && part?.reason && !waiting ? readFault(part.reason)?.fault : undefined
  const dirty = [...drafts.all.keys()]
  const leaving = useBlocker({
    shouldBlockFn: ({ next }) => dirty.length > 0 && next.pathname !== '/configuration',
    enableBeforeUnload: () => dirty.length > 0,
    withResolver: true,
  })

  if (mayTry) return <Failure error={new ApiError({ status: 403, title: 'Your role may not see this', detail: mayTry })} />
  if (mayEdit) {
    return (
      <div className={classes.page}>
        <p className={classes.banner} role="note">
          {mayEdit} The files may hold what other systems must keep secret, so only engineers and administrators see and change them. You can try lines on the definitions that are in use.
        </p>
        <TryIt trial={trial} onChange={setTrial} part={part} unsaved={0} zone={zone} />
      </div>
    )
  }
  const paths = [...new Set([...(files.data?.map((f) => f.path) ?? []), ...dirty])].sort()
  const onTabKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const next = configurationTabs[(configurationTabs.indexOf(tab) + step + configurationTabs.length) % configurationTabs.length]!
    event.currentTarget.querySelector<HTMLElement>(`#tab-${next}`)?.focus()
    void set({ tab: next })
    event.preventDefault()
  }
  return (
    <div className={classes.page}>
      <div className={classes.top}>
        <div className={classes.tabs} role="tablist" aria-label="Configuration" onKeyDown={onTabKey}>
          {configurationTabs.map((t) => (
            <button key={t} type="button" role="tab" id={`tab-${t}`} aria-selected={t === tab} tabIndex={t === tab ? 0 : -1} aria-controls="configuration-panel" onClick={() => void set({ tab: t })}>
              {labels[t]}
              {t === 'files' && dirty.length > 0 && <span className={classes.badge}>{dirty.length} not saved</span>}
            </button>
          ))}
        </div>
        <span className="spacer" />
        <InUse part={part} newest={newest} waiting={waiting} />
      </div>
      {part && part.status !== 'ok' && part.reason && !waiting && <Refusal reason={part.reason} onOpen={(path, line) => void set({ tab: undefined, file: path, line })} />}
      <div role="tabpanel" id="configuration-panel" aria-labelledby={`tab-${tab}`} className={classes.panel}>
        {tab === 'files' &&
          (files.isPending ? (
            <PageLoading />
          ) : files.isError && !files.data ? (
            <Failure error={files.error} retry={() => void files.refetch()} />
          ) : (
            <Files paths={paths} drafts={drafts} file={file} running={fault} />
          ))}
        {tab === 'history' && <History paths={paths} zone={zone} />}
        {tab === 'try' && <TryIt trial={trial} onChange={setTrial} part={part} unsaved={dirty.length} zone={zone} />}
      </div>
      {leaving.status === 'blocked' && (
        <Confirm title="Leave without saving?" action="Leave" otherwise="Stay" onClose={leaving.reset} onConfirm={leaving.proceed}>
          What you wrote in <span className="mono">{visible(dirty.join(', '), 300)}</span> would be lost.
        </Confirm>
      )}
    </div>
  )
}

function Files({ paths, drafts, file, running }: { paths: readonly string[]; drafts: Drafts; file: string | undefined; running: Fault | undefined }) {
  const { set } = useConfigurationSearch()
  const [making, setMaking] = useState<NewKind>()
  return (
    <div className={classes.two}>
      <FileList paths={paths} drafts={drafts} dirty={new Set(drafts.all.keys())} open={file} onNew={setMaking} />
      {file ? <FileEditor key={file} path={file} drafts={drafts} running={running} /> : <Overview onNew={setMaking} />}
      {making && (
        <NewFile
          kind={making}
          existing={paths}
          onClose={() => setMaking(undefined)}
          onMake={(kind, path) => {
            drafts.set(path, { text: template(kind, path), base: undefined, from: '' })
            setMaking(undefined)
            void set({ file: path })
          }}
        />
      )}
    </div>
  )
}

/** Before a file is chosen: what lies here, and what one can add. */
function Overview({ onNew }: { onNew: (kind: NewKind) => void }) {
  return (
    <div className={classes.overview}>
      <h2>What Metron does with your events</h2>
      <p>These files lie in the folder conf of Metron’s data. A change is checked as a whole before it is kept, is taken up within seconds, and stays in the history under your name. Choose a file, or add one:</p>
      <ul>
        {(Object.entries(newKinds) as [NewKind, (typeof newKinds)[NewKind]][]).map(([kind, { one, about, guide }]) => (
          <li key={kind}>
            <div>
              <h3>{one}</h3>
              <p>{about}.</p>
              <p className="mono muted">{guide}</p>
            </div>
            <Button variant="default" leftSection={<IconPlus size={14} />} aria-label={`New: ${one}`} onClick={() => onNew(kind)}>
              New
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

// So long after a change the running Metron has taken it up, or has said that it refuses it.
const takeUpMillis = 3000

/** The newest revision, and what the running Metron says of its configuration; `waiting`: it may not know the newest yet. */
function useInUse(mayAsk: boolean, maySeeHistory: boolean): { part: PartHealth | undefined; newest: Revision | undefined; waiting: boolean } {
  const health = useQuery({ ...healthQuery, enabled: mayAsk })
  const newest = useQuery({ ...configHistoryQuery(undefined, 1), refetchInterval: 10_000, enabled: maySeeHistory }).data?.[0]
  // By this clock alone: that of the server may go differently.
  const seen = useRef<{ id: string | undefined; at: number }>({ id: undefined, at: 0 })
  if (newest && newest.id !== seen.current.id) seen.current = { id: newest.id, at: seen.current.id === undefined ? 0 : Date.now() }
  return { part: health.data?.parts.find((p) => p.name === 'configuration'), newest, waiting: health.dataUpdatedAt < seen.current.at + takeUpMillis && !health.isError }
}

/** Whether the newest revision is what works now. */
function InUse({ part, newest, waiting }: { part: PartHealth | undefined; newest: Revision | undefined; waiting: boolean }) {
  const now = useNow()
  if (!part) return waiting ? null : <p className={classes.inUse}>Whether the newest files are in use is not known</p>
  return (
    <p className={classes.inUse} role="status">
      {waiting ? <Loader size={14} color="var(--accent)" aria-hidden /> : <StatusIcon status={part.status} size={16} />}
      <strong>{waiting ? 'The newest files are being taken up' : part.status === 'ok' ? 'The newest files are in use' : 'The newest files are refused'}</strong>
      {newest && (
        <span className="clip" title={visible(newest.message, 300)}>
          <span className="mono">{short(newest.id)}</span>, {visible(newest.author, 30)}, {ago(Date.parse(newest.at), now)}
        </span>
      )}
    </p>
  )
}

function Refusal({ reason, onOpen }: { reason: string; onOpen: (path: string, line: number | undefined) => void }) {
  const read = readFault(reason)
  const { sentence, code } = sentenceAndCode(read ? read.fault.message : reason)
  return (
    <div className={classes.refusal} role="alert">
      <p>
        {read?.before && <strong>{capital(read.before)}: </strong>}
        {read?.fault.file && (
          <button type="button" className={classes.open} onClick={() => onOpen(read.fault.file!, read.fault.line)}>
            {visible(read.fault.file, 120)}
            {read.fault.line && `, line ${read.fault.line}`}
          </button>
        )}{' '}
        {visible(sentence, 600)}
      </p>
      {code && <pre>{visible(code, 1000)}</pre>}
    </div>
  )
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)
