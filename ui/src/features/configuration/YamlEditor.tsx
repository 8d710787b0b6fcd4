import { autocompletion, type CompletionContext, type CompletionResult, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyField, historyKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { type RefObject, useEffect, useImperativeHandle, useRef } from 'react'
import { queryClient } from '~/api/query-client'
import { fieldsQuery } from '~/api/queries'
import type { Fault } from '~/api/types'
import { sentenceAndCode } from './faults'
import classes from './ConfigurationPage.module.css'

export interface EditorHandle {
  /** Moves the caret there, from 1, and puts the line into the middle. */
  goTo: (line: number, column?: number) => void
  focus: () => void
}

interface Props {
  path: string
  value: string
  onChange: (value: string) => void
  faults: readonly Fault[]
  readOnly: boolean
  describedBy: string
  /** Where carets and undo steps of other files wait. */
  kept: Map<string, unknown>
  handle: RefObject<EditorHandle | null>
  firstLine?: number
}

const fields = { history: historyField }

/** One file; with another path it has to be made anew (`key`). */
export function YamlEditor({ path, value, onChange, faults, readOnly, describedBy, kept, handle, firstLine }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const latest = useRef(onChange)
  latest.current = onChange

  useEffect(() => {
    const extensions: Extension = [
      lineNumbers(),
      lintGutter(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      bracketMatching(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSelectionMatches(),
      search({ top: true }),
      indentUnit.of('  '),
      EditorState.tabSize.of(2),
      EditorState.readOnly.of(readOnly),
      yaml(),
      highlighting,
      autocompletion({ override: [fieldNames], icons: false }),
      keymap.of([...completionKeymap, ...searchKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
      EditorView.contentAttributes.of({ 'aria-label': `Text of ${path}`, 'aria-describedby': describedBy, 'aria-readonly': String(readOnly), tabindex: '0', spellcheck: 'false', autocapitalize: 'off' }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) latest.current(update.state.doc.toString())
      }),
      look,
    ]
    const before = kept.get(path) as { doc?: string } | undefined
    const editor = new EditorView({
      parent: host.current!,
      state: before?.doc === value ? EditorState.fromJSON(before, { extensions }, fields) : EditorState.create({ doc: value, extensions }),
    })
    view.current = editor
    if (firstLine) goTo(editor, firstLine)
    return () => {
      kept.set(path, editor.state.toJSON(fields))
      editor.destroy()
    }
    // The editor owns its text; later values arrive through the effect below.
  }, [])

  useEffect(() => {
    const editor = view.current
    if (!editor) return
    const text = editor.state.doc.toString()
    if (text === value) return
    const at = Math.min(editor.state.selection.main.head, value.length)
    editor.dispatch({ changes: { from: 0, to: text.length, insert: value }, selection: { anchor: at } })
  }, [value])

  useEffect(() => {
    const editor = view.current
    if (editor) editor.dispatch(setDiagnostics(editor.state, faults.flatMap((fault) => diagnostic(editor.state, fault))))
  }, [faults])

  useImperativeHandle(
    handle,
    () => ({
      goTo: (line, column) => {
        if (view.current) goTo(view.current, line, column)
      },
      focus: () => view.current?.focus(),
    }),
    [],
  )

  return <div ref={host} className={classes.code} />
}

function position(state: EditorState, line: number, column = 1): number {
  const found = state.doc.line(Math.min(Math.max(1, line), state.doc.lines))
  return Math.min(found.to, found.from + column - 1)
}

function goTo(editor: EditorView, line: number, column?: number) {
  const at = position(editor.state, line, column)
  editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) })
  editor.focus()
}

/** A fault of the file as a whole stands on its first line. */
function diagnostic(state: EditorState, fault: Fault): Diagnostic {
  const line = state.doc.lineAt(position(state, fault.line ?? 1))
  const indent = /^\s*/.exec(line.text)![0].length
  const from = fault.column ? position(state, fault.line ?? 1, fault.column) : Math.min(line.to, line.from + indent)
  const to = fault.line ? Math.min(line.to, fault.length ? from + fault.length : line.to) : from
  return { from, to, severity: 'error', message: fault.message, renderMessage: () => messageElement(fault.message) }
}

function messageElement(message: string): HTMLElement {
  const { sentence, code } = sentenceAndCode(message)
  const element = document.createElement('div')
  element.append(sentence)
  if (code) {
    const block = document.createElement('pre')
    block.textContent = code
    element.append(block)
  }
  return element
}

/** Names of event fields, once a dot says that one is being written, or when asked for. */
async function fieldNames(context: CompletionContext): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[\w@][\w@.]*/)
  if (!word || (!context.explicit && !word.text.includes('.'))) return null
  try {
    const known = await queryClient.fetchQuery(fieldsQuery)
    if (context.aborted) return null
    const wanted = word.text.toLowerCase()
    const options = known
      .filter((f) => f.name.toLowerCase().startsWith(wanted))
      .slice(0, 60)
      .map((f) => ({ label: f.name, detail: f.type.toLowerCase(), info: f.description && f.description !== f.name ? f.description : undefined }))
    return options.length ? { from: word.from, options, filter: false } : null
  } catch {
    // No list is better than a broken editor: the page itself reports a server that is away.
    return null
  }
}

const highlighting = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--syntax-field)' },
    { tag: [tags.string, tags.special(tags.string)], color: 'var(--syntax-value)' },
    { tag: [tags.lineComment, tags.comment], color: 'var(--text-3)' },
    { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace], color: 'var(--text-2)' },
    { tag: [tags.labelName, tags.typeName, tags.keyword, tags.meta], color: 'var(--syntax-number)' },
  ]),
)

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', color: 'var(--text)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '20px' },
  '.cm-content': { padding: '10px 0 40px', caretColor: 'var(--accent)' },
  '.cm-line': { padding: '0 16px 0 6px' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--text-3)', border: '0', paddingLeft: '6px' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '28px', padding: '0 6px 0 0' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--hover) 70%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--text)' },
  '.cm-gutter-lint': { width: '18px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0 2px' },
  '.cm-lint-marker': { width: '14px', height: '14px', padding: '3px 0' },
  '.cm-lint-marker-error': { content: 'none', boxSizing: 'border-box', width: '10px', height: '10px', margin: '5px 2px', padding: '0', borderRadius: '50%', backgroundColor: 'var(--bad)' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--bad)', textUnderlineOffset: '4px', textDecorationSkipInk: 'none' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'color-mix(in srgb, var(--accent) 30%, transparent)' },
  '.cm-selectionMatch': { backgroundColor: 'color-mix(in srgb, var(--accent) 16%, transparent)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'transparent', outline: '1px solid var(--line-strong)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'transparent', color: 'var(--bad)' },
  '.cm-searchMatch': { backgroundColor: 'var(--medium-soft)', outline: '1px solid var(--medium)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--accent-soft)', outline: '1px solid var(--accent)' },
  '.cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--text)', zIndex: '5' },
  '.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '8px 36px 8px 12px', fontFamily: 'var(--font-text)' },
  '.cm-panel.cm-search label': { fontSize: '12px', color: 'var(--text-2)', margin: '0 4px' },
  '.cm-panel.cm-search [name=close]': { top: '6px', right: '10px', padding: '2px 8px', color: 'var(--text-2)', fontSize: '16px', cursor: 'pointer' },
  '.cm-textfield': { padding: '4px 8px', border: '1px solid var(--line-strong)', borderRadius: '3px', backgroundColor: 'var(--field)', color: 'var(--text)', font: '400 12px var(--font-mono)' },
  '.cm-button': { padding: '4px 9px', border: '1px solid var(--line-strong)', borderRadius: '3px', backgroundImage: 'none', backgroundColor: 'var(--panel)', color: 'var(--text)', font: '500 12px var(--font-text)', cursor: 'pointer' },
  '.cm-button:hover': { backgroundColor: 'var(--hover)' },
  '.cm-tooltip': { border: '0', backgroundColor: 'var(--raised)', color: 'var(--text)', borderRadius: '5px', boxShadow: 'var(--shadow)', overflow: 'hidden', zIndex: '20' },
  '.cm-diagnostic': { padding: '6px 10px', maxWidth: '76ch', whiteSpace: 'pre-wrap', fontFamily: 'var(--font-text)', fontSize: '12px' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--bad)' },
  '.cm-diagnostic pre': { margin: '4px 0 0', overflowX: 'auto', font: '400 12px/1.4 var(--font-mono)', color: 'var(--text-2)' },
  '.cm-panel.cm-panel-lint ul': { maxHeight: '140px' },
  '.cm-panel.cm-panel-lint ul [aria-selected]': { backgroundColor: 'var(--selected)', color: 'var(--text)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-mono)', fontSize: '12px', maxHeight: '280px', minWidth: '320px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { display: 'flex', gap: '16px', padding: '4px 10px', lineHeight: '18px', color: 'var(--text)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent-soft)', color: 'var(--text)' },
  '.cm-completionDetail': { color: 'var(--text-3)', fontStyle: 'normal', marginLeft: 'auto' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent)' },
  '.cm-tooltip.cm-completionInfo': { padding: '8px 12px', maxWidth: '300px', fontFamily: 'var(--font-text)', fontSize: '12px', color: 'var(--text-2)' },
})
