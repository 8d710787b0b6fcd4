import { Button, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconDeviceFloppy, IconGitCompare, IconHistory, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { answer, ApiError, http, pathWithSlashes } from '~/api/client'
import { configFileQuery, configHistoryQuery } from '~/api/queries'
import type { Fault } from '~/api/types'
import { Confirm } from '~/shared/Confirm'
import { plural, visible } from '~/shared/format'
import { useNow } from '~/shared/hooks'
import { useShortcuts } from '~/shared/keyboard'
import { Empty, Failure, PageLoading } from '~/shared/states'
import { ago } from '~/shared/time/format'
import { showDone } from '~/shared/undo'
import { useConfigurationSearch } from '~/url'
import { compare } from './diff'
import { DiffView } from './DiffView'
import { afterSave, type Draft, type Drafts, kept, standing, type Theirs } from './drafts'
import { FaultList } from './FaultList'
import { faultsOf } from './faults'
import { kindOf, newKinds, type NewKind, settingsFile } from './files'
import { type EditorHandle, YamlEditor } from './YamlEditor'
import classes from './ConfigurationPage.module.css'

/**
 * One file: write, save, see what is refused and why, remove. With another path it has to be made anew (`key`).
 *
 * `running` is why the running Metron refuses the newest files: the first fault, of this file or another.
 */
export function FileEditor({ path, drafts, running }: { path: string; drafts: Drafts; running: Fault | undefined }) {
  const client = useQueryClient()
  const { line, set } = useConfigurationSearch()
  const file = useQuery({ ...configFileQuery(path), refetchInterval: 10_000 })
  const editor = useRef<EditorHandle>(null)
  const [message, setMessage] = useState('')
  const [removing, setRemoving] = useState(false)
  const [reviewing, setReviewing] = useState(false)
  const theirs: Theirs = file.data ?? undefined
  const draft = drafts.all.get(path)
  const state = file.data === undefined ? 'unchanged' : standing(draft, theirs)
  const overtaken = state === 'conflict' || state === 'gone'
  const refused = drafts.refused(path)
  // The same list as long as nothing new is known: in between, the marks move along with what is written.
  const faults = useMemo(() => {
    const known = refused?.faults ?? (running && !draft ? [running] : [])
    return known.filter((f) => (f.file ?? path) === path)
  }, [refused, running?.file, running?.line, running?.message, draft === undefined, path])

  const reload = () => {
    void client.invalidateQueries({ queryKey: ['config', 'files'] })
    void client.invalidateQueries({ queryKey: ['config', 'history'] })
    void client.invalidateQueries({ queryKey: ['sensors'] })
    void client.invalidateQueries({ queryKey: ['health'] })
  }
  const onError = (error: Error) => {
    // What is there now shows by itself that somebody else was faster.
    if (error instanceof ApiError && (error.status === 412 || error.status === 409)) {
      drafts.refuse(path, undefined)
      return client.invalidateQueries({ queryKey: ['config'] })
    }
    const faults = faultsOf(error)
    const title = error instanceof ApiError ? error.problem.title : 'That did not work'
    drafts.refuse(path, { title: faults ? 'Nothing was changed' : title, faults: faults ?? [], detail: error.message })
  }
  const save = useMutation({
    mutationFn: (change: { text: string; base: string | undefined; message: string }) =>
      answer(
        http.PUT('/api/v1/config/files/{path}', {
          params: { path: { path }, header: change.base === undefined ? { 'If-None-Match': '*' } : { 'If-Match': `"${change.base}"` } },
          body: { text: change.text, message: change.message.trim() || undefined },
          pathSerializer: pathWithSlashes,
        }),
      ),
    onSuccess: (saved) => {
      client.setQueryData(configFileQuery(path).queryKey, saved)
      drafts.set(path, (before) => afterSave(before, saved))
      drafts.refuse(path, undefined)
      setMessage('')
      setReviewing(false)
      showDone(path === settingsFile ? 'Saved. enrichment and detection are taken up within seconds, the rest at the next start' : `${path} is saved and is taken up within seconds`)
      reload()
    },
    onError,
  })
  const remove = useMutation({
    mutationFn: (blob: string) => answer(http.DELETE('/api/v1/config/files/{path}', { params: { path: { path }, header: { 'If-Match': `"${blob}"` } }, pathSerializer: pathWithSlashes })),
    onSuccess: () => {
      const text = theirs?.text ?? ''
      client.setQueryData(configFileQuery(path).queryKey, null)
      drafts.set(path, undefined)
      drafts.refuse(path, undefined)
      void set({ file: undefined })
      showDone(`${path} is removed`, () => save.mutate({ text, base: undefined, message: `Put ${path} back` }))
      reload()
    },
    onError,
  })

  const change = (text: string) =>
    drafts.set(path, (before) => {
      const next: Draft = { base: before ? before.base : theirs?.blob, from: before ? before.from : (theirs?.text ?? ''), text }
      return standing(next, theirs) === 'unchanged' ? undefined : next
    })
  const canSave = (state === 'changed' || state === 'new') && !save.isPending
  const submit = () => {
    if (draft && canSave) save.mutate({ text: draft.text, base: draft.base, message })
  }
  const discard = () => {
    if (!draft) return
    drafts.set(path, undefined)
    drafts.refuse(path, undefined)
    showDone(state === 'new' ? `${path} is not made` : `Your changes to ${path} are dropped`, () => {
      drafts.set(path, draft)
      void set({ file: path, tab: undefined })
    })
    if (!theirs) void set({ file: undefined })
  }
  const go = (fault: Fault) => {
    if (fault.file && fault.file !== path) void set({ file: fault.file, line: fault.line })
    else editor.current?.goTo(fault.line ?? 1, fault.column)
  }
  useShortcuts({ 'mod+s': () => !removing && submit() })

  if (file.isPending) return <PageLoading />
  if (file.isError && !draft) return <Failure error={file.error} retry={() => void file.refetch()} />
  if (!theirs && !draft) {
    return (
      <Empty
        title={`There is no file ${visible(path, 120)}`}
        actions={
          <Button variant="default" leftSection={<IconHistory size={14} />} onClick={() => void set({ tab: 'history', revision: undefined })}>
            Its history
          </Button>
        }
      >
        It was removed, or never was. The history has the text of a file that was removed.
      </Empty>
    )
  }

  const text = draft?.text ?? theirs?.text ?? ''
  // Bytes that are no text would not come back as they were.
  const readOnly = !draft && /[\u0000\ufffd]/.test(text)
  const kind = kindOf(path)
  const hunks = draft && !overtaken && reviewing ? compare(draft.from, draft.text) : []
  return (
    <div className={classes.editing}>
      <header>
        <h2 className="clip mono" title={path}>
          {visible(path, 200)}
        </h2>
        {state !== 'unchanged' && <span className={classes.unsaved}>{state === 'new' ? 'new, not saved' : 'not saved'}</span>}
        <span className="spacer" />
        <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconHistory size={14} />} onClick={() => void set({ tab: 'history', revision: undefined })}>
          History
        </Button>
        {theirs && path !== settingsFile && (
          <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconTrash size={14} />} onClick={() => setRemoving(true)} loading={remove.isPending}>
            Remove…
          </Button>
        )}
      </header>
      {overtaken && draft && <Overtaken path={path} draft={draft} theirs={theirs} onTheirs={discard} onMine={() => drafts.set(path, kept(draft, theirs))} />}
      {readOnly && <p className={classes.hint}>This file is not text, so it can’t be written here without a loss: change it on the server’s disk.</p>}
      <div className={classes.host}>
        <YamlEditor path={path} value={text} onChange={change} faults={faults} readOnly={readOnly} describedBy="configuration-hint" kept={drafts.editors} handle={editor} firstLine={line} />
      </div>
      {refused && refused.faults.length > 0 && <FaultList title={refused.title} faults={refused.faults} file={path} onGo={go} />}
      {refused && refused.faults.length === 0 && (
        <div className={classes.faults} role="alert">
          <h3>
            <IconAlertTriangle size={16} stroke={1.7} aria-hidden />
            {refused.title}
          </h3>
          <p>{refused.detail}</p>
        </div>
      )}
      {reviewing && draft && !overtaken && (
        <section className={classes.review} aria-label="What your changes are">
          <DiffView hunks={hunks} label={`Your changes to ${path}`} />
        </section>
      )}
      <footer>
        {draft && !overtaken ? (
          <>
            <TextInput size="xs" className={classes.why} value={message} onChange={(e) => setMessage(e.currentTarget.value)} placeholder="What changes, and why (for the history)" aria-label="What changes, and why" maxLength={500} onKeyDown={(e) => e.key === 'Enter' && submit()} />
            <Button variant="subtle" color="gray" leftSection={<IconGitCompare size={14} />} aria-expanded={reviewing} onClick={() => setReviewing(!reviewing)}>
              Changes
            </Button>
            <Button variant="default" onClick={discard}>
              Discard
            </Button>
          </>
        ) : (
          <Note kind={kind} />
        )}
        <Button leftSection={<IconDeviceFloppy size={15} />} onClick={submit} disabled={!canSave && !save.isPending} loading={save.isPending} aria-keyshortcuts="Control+S" title={overtaken ? 'Decide first whose text shall stay' : undefined}>
          Save
        </Button>
      </footer>
      <p id="configuration-hint" className={classes.keys}>
        <Key keys={['Ctrl', 'S']}>saves</Key>
        <Key keys={['Ctrl', 'F']}>finds</Key>
        <Key keys={['F8']}>next fault</Key>
        <Key keys={['Ctrl', 'Space']}>field names</Key>
        <Key keys={['Esc', 'Tab']}>leaves the text</Key>
      </p>
      {removing && theirs && (
        <Confirm title={`Remove ${path}?`} action="Remove" onClose={() => setRemoving(false)} onConfirm={() => remove.mutate(theirs.blob)}>
          What it says has no effect any more within seconds. Its text stays in the history.
        </Confirm>
      )}
    </div>
  )
}

function Key({ keys, children }: { keys: string[]; children: ReactNode }) {
  return (
    <span>
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}{' '}
      {children}
    </span>
  )
}

function Note({ kind }: { kind: string }) {
  if (kind === 'settings') return <p className={classes.about}>A change of enrichment and detection is taken up while Metron runs, the rest at the next start.</p>
  if (kind in newKinds) return <p className={classes.about}>A change is taken up within seconds. What can stand here: {newKinds[kind as NewKind].guide}</p>
  return <p className={classes.about}>Metron keeps this file, but does not read it as a definition.</p>
}

/** Somebody else changed or removed the file since the person began: who, what differs, and the two ways on. */
function Overtaken({ path, draft, theirs, onTheirs, onMine }: { path: string; draft: Draft; theirs: Theirs; onTheirs: () => void; onMine: () => void }) {
  const last = useQuery(configHistoryQuery(path, 1)).data?.[0]
  const now = useNow()
  const [comparing, setComparing] = useState(false)
  const hunks = comparing && theirs ? compare(theirs.text, draft.text) : []
  const changes = hunks.flat().filter((l) => l.kind !== 'same').length
  return (
    <section className={classes.conflict} role="alert" aria-label="Changed by somebody else">
      <IconAlertTriangle size={18} stroke={1.7} aria-hidden />
      <div>
        <h3>{theirs ? 'Somebody else changed this file while you wrote' : 'Somebody else removed this file while you wrote'}</h3>
        <p>
          {last && (
            <>
              {visible(last.author, 60)}, {ago(Date.parse(last.at), now)}: {visible(last.message, 200)}.{' '}
            </>
          )}
          {theirs ? 'Nothing is lost yet: take their text, or keep yours and save it over theirs.' : 'Nothing is lost yet: leave it removed, or keep your text and save it as a new file.'}
        </p>
        <div className="row">
          <Button size="compact-sm" variant="default" onClick={onTheirs}>
            {theirs ? 'Reload theirs' : 'Leave it removed'}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onMine}>
            Keep mine
          </Button>
          {theirs && (
            <Button size="compact-sm" variant="subtle" color="gray" aria-expanded={comparing} onClick={() => setComparing(!comparing)}>
              {comparing ? 'Hide the differences' : 'Show the differences'}
            </Button>
          )}
        </div>
        {comparing && (
          <>
            <p className={classes.legend}>{plural(changes, 'line')}: what theirs has and yours has not is marked −, what only yours has +.</p>
            <DiffView hunks={hunks} label="From their text to yours" />
          </>
        )}
      </div>
    </section>
  )
}
