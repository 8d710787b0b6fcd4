import { Button, NativeSelect } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { answer, http } from '~/api/client'
import { configDiffQuery, configHistoryQuery } from '~/api/queries'
import type { Fault, Revision } from '~/api/types'
import { Confirm } from '~/shared/Confirm'
import { plural, visible } from '~/shared/format'
import { useNow } from '~/shared/hooks'
import { Busy, Empty, Failure, PageLoading } from '~/shared/states'
import { ago, fullTime } from '~/shared/time/format'
import { showDone } from '~/shared/undo'
import { useConfigurationSearch } from '~/url'
import { report } from '../alerts/triage'
import { readUnified } from './diff'
import { DiffView } from './DiffView'
import { FaultList } from './FaultList'
import { faultsOf } from './faults'
import classes from './ConfigurationPage.module.css'

const sizes = [50, 250, 1000]

/** Who changed what, when and why; and back to how it was. */
export function History({ paths, zone }: { paths: readonly string[]; zone: string }) {
  const { file, revision, set } = useConfigurationSearch()
  const [size, setSize] = useState(sizes[0]!)
  const history = useQuery(configHistoryQuery(file, size))
  const now = useNow()
  if (history.isPending) return <PageLoading />
  if (history.isError) return <Failure error={history.error} retry={() => void history.refetch()} />
  const revisions = history.data
  const shown = revision ?? revisions[0]?.id
  const choices = [...new Set([...paths, ...(file ? [file] : [])])].sort()
  return (
    <div className={classes.history}>
      <section className={classes.revisions} aria-label="Revisions">
        <header>
          <NativeSelect size="xs" aria-label="Changes of" value={file ?? ''} onChange={(e) => void set({ file: e.currentTarget.value || undefined, revision: undefined })} data={[{ value: '', label: 'All files' }, ...choices]} />
          <span className="muted num">{revisions.length === size ? `newest ${size}` : plural(revisions.length, 'revision')}</span>
        </header>
        <Busy active={history.isFetching && history.isPlaceholderData} label="Loading revisions" />
        {revisions.length === 0 ? (
          <Empty title="No change yet" compact>
            {file ? `${visible(file, 120)} was never changed.` : undefined}
          </Empty>
        ) : (
          <ol aria-label="Revisions, newest first">
            {revisions.map((r) => (
              <li key={r.id}>
                <button type="button" aria-current={r.id === shown || undefined} onClick={() => void set({ revision: r.id })}>
                  <span className={classes.why}>{visible(r.message, 200)}</span>
                  <span className="row">
                    <span className={classes.who}>{visible(r.author, 40)}</span>
                    <span className="spacer" />
                    <span className={classes.when} title={fullTime(Date.parse(r.at), zone)}>
                      {ago(Date.parse(r.at), now)}
                    </span>
                  </span>
                  <span className={`clip mono ${classes.paths}`}>{r.paths.length ? visible(r.paths.join(', '), 300) : 'no file'}</span>
                </button>
              </li>
            ))}
            {revisions.length === size && size < sizes.at(-1)! && (
              <li className={classes.older}>
                <Button variant="subtle" fullWidth onClick={() => setSize(sizes[sizes.indexOf(size) + 1]!)} loading={history.isFetching}>
                  Load older ones
                </Button>
              </li>
            )}
          </ol>
        )}
      </section>
      {shown ? <Change key={shown} id={shown} known={revisions.find((r) => r.id === shown)} zone={zone} /> : <div />}
    </div>
  )
}

function Change({ id, known, zone }: { id: string; known: Revision | undefined; zone: string }) {
  const { set } = useConfigurationSearch()
  const client = useQueryClient()
  const diff = useQuery(configDiffQuery(id))
  // Of all files, whichever are listed: what happened since, and whether this is the newest.
  const all = useQuery(configHistoryQuery(undefined, sizes[1]!)).data ?? []
  const [asking, setAsking] = useState(false)
  const [refused, setRefused] = useState<Fault[]>()
  const revision = known ?? all.find((r) => r.id === id)
  const at = all.findIndex((r) => r.id === id)
  const newest = at === 0
  const since = [...new Set(all.slice(0, Math.max(0, at)).flatMap((r) => r.paths))].sort()
  const back = useMutation({
    mutationFn: (to: string) => answer(http.POST('/api/v1/config/rollback', { body: { revision: to } })),
    onSuccess: (made, to) => {
      setRefused(undefined)
      const before = all[0]?.id
      showDone(`All files are as they were in ${short(to)}`, before && before !== made.id ? () => back.mutate(before) : undefined)
      void client.invalidateQueries({ queryKey: ['config'] })
      void client.invalidateQueries({ queryKey: ['sensors'] })
      void client.invalidateQueries({ queryKey: ['health'] })
      void set({ revision: undefined })
    },
    onError: (error) => {
      const faults = faultsOf(error)
      if (faults) setRefused(faults)
      else report(error)
    },
  })
  const files = diff.data ? readUnified(diff.data.diff) : []
  return (
    <section className={classes.change} aria-label="What the revision changed">
      <header>
        <div>
          <h2>{revision ? visible(revision.message, 500) : `Revision ${short(id)}`}</h2>
          <p>
            {revision && (
              <>
                {visible(revision.author, 60)}, <span className="num">{fullTime(Date.parse(revision.at), zone).slice(0, -4)}</span>,{' '}
              </>
            )}
            <span className="mono">{short(id)}</span>
            {newest && ', the newest'}
          </p>
        </div>
        <span className="spacer" />
        {!newest && (
          <Button variant="default" leftSection={<IconArrowBackUp size={15} />} onClick={() => setAsking(true)} loading={back.isPending}>
            Back to this state…
          </Button>
        )}
      </header>
      {refused && <FaultList title="Nothing was changed; that state can’t be used today" faults={refused} file="" onGo={(f) => f.file && void set({ tab: undefined, file: f.file, line: f.line })} />}
      {diff.isPending ? (
        <PageLoading />
      ) : diff.isError ? (
        <Failure error={diff.error} retry={() => void diff.refetch()} compact />
      ) : files.length === 0 ? (
        <Empty title="It changed no file" compact />
      ) : (
        <div className={classes.changes}>
          {files.map((f) => (
            <section key={f.path} aria-label={f.path}>
              <h3>
                <Link to={'/configuration' as never} search={((before: object) => ({ ...before, tab: undefined, file: f.path, revision: undefined })) as never} className="mono clip">
                  {visible(f.path, 200)}
                </Link>
                {f.change !== 'changed' && <span className={classes.tag}>{f.change === 'added' ? 'new' : 'removed'}</span>}
                <span className="spacer" />
                {f.added > 0 && <span className={classes.plus}>+{f.added}</span>}
                {f.removed > 0 && <span className={classes.minus}>−{f.removed}</span>}
                <span className="visually-hidden">lines</span>
              </h3>
              <DiffView hunks={f.hunks} label={`Difference in ${f.path}`} />
            </section>
          ))}
        </div>
      )}
      {asking && (
        <Confirm title="Back to this state?" action="Go back" otherwise="Stay" onClose={() => setAsking(false)} onConfirm={() => back.mutate(id)}>
          All files become as they were in “{revision ? visible(revision.message, 120) : short(id)}”
          {since.length > 0 && (
            <>
              . Changed since then:{' '}
              <span className="mono">
                {since.slice(0, 8).join(', ')}
                {since.length > 8 && ` and ${since.length - 8} more`}
              </span>
            </>
          )}
          . This is a new revision: nothing in the history is lost.
        </Confirm>
      )}
    </section>
  )
}

export const short = (id: string) => id.slice(0, 10)
