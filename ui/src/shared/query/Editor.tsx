import { acceptCompletion, autocompletion, type Completion, type CompletionContext, completionKeymap, completionStatus, type CompletionResult, startCompletion } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { EditorState, Prec, StateEffect, StateField, type Transaction, type TransactionSpec } from '@codemirror/state'
import { Decoration, EditorView, keymap, placeholder } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { queryClient } from '~/api/query-client'
import { fieldsQuery, type Index, valuesQuery } from '~/api/queries'
import type { QueryError } from '~/api/types'
import { compact } from '~/shared/format'
import { placeAt, queryHighlighting, queryLanguage } from './language'
import { quote } from './text'
import classes from './QueryBar.module.css'

interface Props {
  index: Index
  value: string
  onChange: (value: string) => void
  onRun: () => void
  fault?: QueryError
  describedBy: string
}

const setFault = StateEffect.define<{ from: number; to: number } | undefined>()
const faultMark = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes)
    for (const effect of transaction.effects) {
      if (effect.is(setFault)) next = effect.value ? Decoration.set([Decoration.mark({ class: 'cm-fault' }).range(effect.value.from, effect.value.to)]) : Decoration.none
    }
    return next
  },
  provide: (field) => EditorView.decorations.from(field),
})

export function Editor({ index, value, onChange, onRun, fault, describedBy }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const latest = useRef({ onChange, onRun, index })
  latest.current = { onChange, onRun, index }

  useEffect(() => {
    const editor = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: value,
        extensions: [
          Prec.highest(
            keymap.of([
              {
                key: 'Enter',
                run: (v) => {
                  if (completionStatus(v.state) === 'active' && acceptCompletion(v)) return true
                  latest.current.onRun()
                  return true
                },
              },
              { key: 'Tab', run: acceptCompletion },
              {
                key: 'Escape',
                run: (v) => {
                  if (completionStatus(v.state)) return false
                  v.contentDOM.blur()
                  return true
                },
              },
            ]),
          ),
          history(),
          autocompletion({
            override: [(context) => complete(context, latest.current.index)],
            icons: false,
            activateOnTyping: true,
            // Enter runs the query unless the person has moved into the list.
            selectOnOpen: false,
            maxRenderedOptions: 60,
          }),
          keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorState.transactionFilter.of(oneLine),
          queryLanguage,
          queryHighlighting,
          faultMark,
          EditorView.lineWrapping,
          placeholder('Filter: field:value, words, AND OR NOT, ranges, CIDR'),
          EditorView.contentAttributes.of({ 'aria-label': 'Query', 'aria-describedby': describedBy, spellcheck: 'false', autocapitalize: 'off' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString())
          }),
          look,
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
    // The editor owns its text; later values arrive through the effect below.
  }, [])

  useEffect(() => {
    const editor = view.current
    if (editor && editor.state.doc.toString() !== value) editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value }, selection: { anchor: value.length } })
  }, [value])

  useEffect(() => {
    const editor = view.current
    if (!editor) return
    const length = editor.state.doc.length
    const from = fault ? Math.min(Math.max(0, fault.column - 1), Math.max(0, length - 1)) : 0
    const to = fault ? Math.min(length, Math.max(from + 1, from + fault.length)) : 0
    editor.dispatch({ effects: setFault.of(fault && to > from ? { from, to } : undefined) })
    editor.contentDOM.setAttribute('aria-invalid', fault ? 'true' : 'false')
  }, [fault])

  return <div ref={host} className={classes.editor} />
}

/** Whatever is pasted, line ends become blanks, and what no query would hold is cut off. */
function oneLine(transaction: Transaction): Transaction | TransactionSpec {
  if (!transaction.docChanged || (transaction.newDoc.lines === 1 && transaction.newDoc.length <= 10_000)) return transaction
  const insert = transaction.newDoc.toString().replace(/\s*\n\s*/g, ' ').slice(0, 10_000)
  return { changes: { from: 0, to: transaction.startState.doc.length, insert }, selection: { anchor: insert.length } }
}

async function complete(context: CompletionContext, index: Index): Promise<CompletionResult | null> {
  const place = placeAt(context.state.doc.toString(), context.pos)
  try {
    if (place.in === 'value') {
      const found = await queryClient.fetchQuery(valuesQuery(index, place.field, place.prefix))
      if (context.aborted || found.length === 0) return null
      return {
        from: place.from,
        filter: false,
        options: found.map((v) => ({ label: place.quoted ? `"${v.value.replace(/[\\"]/g, '\\$&')}"` : quote(v.value), displayLabel: v.value, detail: compact(v.count), type: 'value' })),
      }
    }
    if (place.in === 'operator') {
      return { from: place.from, options: ['AND', 'OR', 'NOT', 'AND NOT'].map((label) => ({ label, type: 'operator', apply: `${label} ` })), validFor: /^[A-Za-z]*$/ }
    }
    if (place.prefix === '' && !context.explicit && context.pos > 0) return null
    const fields = await queryClient.fetchQuery(fieldsQuery)
    if (context.aborted) return null
    const wanted = place.prefix.toLowerCase()
    const from = context.pos - place.prefix.length
    const options: Completion[] = fields
      .filter((f) => f.name.toLowerCase().includes(wanted))
      .sort((a, b) => Number(b.name.startsWith(wanted)) - Number(a.name.startsWith(wanted)) || (b.documents ?? 0) - (a.documents ?? 0) || a.name.localeCompare(b.name))
      .slice(0, 60)
      .map((f) => ({
        label: f.name,
        detail: f.type.toLowerCase(),
        info: f.description && f.description !== f.name ? f.description : undefined,
        apply: (view: EditorView, _completion: Completion, start: number, end: number) => {
          view.dispatch({ changes: { from: start, to: end, insert: `${f.name}:` }, selection: { anchor: start + f.name.length + 1 } })
          // The values of the field are the next thing one wants to see.
          setTimeout(() => startCompletion(view), 0)
        },
      }))
    return options.length ? { from, options, filter: false } : null
  } catch {
    // No list is better than a broken editor: the page itself reports a server that is away.
    return null
  }
}

const look = EditorView.theme({
  '&': { fontSize: '13px', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '18px' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--accent)', color: 'var(--text)' },
  '.cm-line': { padding: '0 12px' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '.cm-placeholder': { color: 'var(--text-3)' },
  '.cm-fault': { textDecoration: 'underline wavy var(--bad)', textUnderlineOffset: '4px' },
  '.cm-tooltip': { border: '0', backgroundColor: 'var(--raised)', borderRadius: '5px', boxShadow: 'var(--shadow)', overflow: 'hidden' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-mono)', fontSize: '12px', maxHeight: '280px', minWidth: '320px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { display: 'flex', gap: '16px', padding: '4px 10px', lineHeight: '18px', color: 'var(--text)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent-soft)', color: 'var(--text)' },
  '.cm-completionLabel': { flex: '1' },
  '.cm-completionDetail': { color: 'var(--text-3)', fontStyle: 'normal', marginLeft: 'auto' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent)' },
  '.cm-tooltip.cm-completionInfo': { padding: '8px 12px', maxWidth: '300px', fontFamily: 'var(--font-text)', fontSize: '12px', color: 'var(--text-2)' },
})
