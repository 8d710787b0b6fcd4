import { IconPlayerPlay, IconX } from '@tabler/icons-react'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { type Index, queryCheck } from '~/api/queries'
import type { QueryError } from '~/api/types'
import { useDebounced } from '~/shared/hooks'
import classes from './QueryBar.module.css'

// The editor is most of the page's code and not needed for the first rows: it comes after them.
const Editor = lazy(() => import('./Editor').then((m) => ({ default: m.Editor })))

/** The query text of a page. `onRun` is called with a query that the server has found valid, or could not be asked about. */
export function QueryBar({ index, value, onRun }: { index: Index; value: string; onRun: (query: string) => void }) {
  const [draft, setDraft] = useState(value)
  const [tried, setTried] = useState(false)
  const client = useQueryClient()
  useEffect(() => {
    setDraft(value)
    setTried(false)
  }, [value])

  const settled = useDebounced(draft, 250)
  const check = useQuery({ ...queryCheck(settled), enabled: settled.trim() !== '', placeholderData: keepPreviousData })
  const fault = settled === draft && settled.trim() !== '' && !check.isPlaceholderData && check.data && !check.data.valid ? check.data.error : undefined
  // While the person is still writing at the end, "something is missing here" is no news.
  const unfinished = fault && !tried && draft !== value && fault.column > draft.trimEnd().length
  const shown = unfinished ? undefined : fault

  const run = async () => {
    setTried(true)
    const wanted = draft.trim()
    // Enter comes faster than the check of what was just written: a faulty query must not replace the answer in sight.
    const checked = wanted === '' ? undefined : await client.fetchQuery(queryCheck(draft)).catch(() => undefined)
    if (!checked || checked.valid) onRun(wanted)
  }
  return (
    <div className={classes.query} data-query-bar>
      <div className={classes.bar} data-fault={shown ? true : undefined}>
        <Suspense fallback={<div className={classes.waiting}>{value}</div>}>
          <Editor index={index} value={draft} onChange={setDraft} onRun={() => void run()} fault={shown ?? undefined} describedBy="query-fault" />
        </Suspense>
        {draft !== '' && (
          <button
            type="button"
            className={classes.button}
            aria-label="Clear the query"
            onClick={() => {
              setDraft('')
              onRun('')
            }}
          >
            <IconX size={15} />
          </button>
        )}
        <button type="button" className={classes.run} onClick={() => void run()} data-changed={draft.trim() !== value.trim() || undefined}>
          <IconPlayerPlay size={13} aria-hidden />
          Run
        </button>
      </div>
      <div id="query-fault" aria-live="polite">
        {shown && <Fault fault={shown} draft={draft} onFix={setDraft} />}
      </div>
    </div>
  )
}

function Fault({ fault, draft, onFix }: { fault: QueryError; draft: string; onFix: (query: string) => void }) {
  const start = Math.max(0, fault.column - 1)
  const suggestion = fault.suggestion
  return (
    <div className={classes.fault}>
      <span className={classes.caret} style={{ paddingLeft: `${Math.min(start, 90)}ch` }} aria-hidden>
        {'^'.repeat(Math.max(1, Math.min(fault.length, 40)))}
      </span>
      <p>
        <strong>
          Column {fault.column}: {fault.message}
        </strong>
        {fault.expected && fault.expected.length > 0 && !fault.message.includes('expected') && <span> Expected {list(fault.expected)}.</span>}
        {suggestion && (
          <button type="button" className={classes.fix} onClick={() => onFix(draft.slice(0, start) + suggestion + draft.slice(start + fault.length))}>
            Use <code>{suggestion}</code>
          </button>
        )}
      </p>
    </div>
  )
}

function list(expected: string[]): string {
  return expected.length < 2 ? expected.join('') : `${expected.slice(0, -1).join(', ')} or ${expected.at(-1)}`
}
