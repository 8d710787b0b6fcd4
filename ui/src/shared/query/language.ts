/** The query text as CodeMirror sees it: what is a field, a value, an operator; and what the caret stands in. */
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language'
import { Tag } from '@lezer/highlight'

const tags = { field: Tag.define(), value: Tag.define(), operator: Tag.define(), number: Tag.define() }

export const queryLanguage = StreamLanguage.define({
  name: 'metron-query',
  startState: () => null,
  token(stream) {
    if (stream.eatSpace()) return null
    if (stream.match(/^(AND|OR|NOT|TO)(?=[\s)(\]}]|$)/) || stream.match(/^(&&|\|\||!)/)) return 'operator'
    if (stream.match(/^[\p{L}_@][\p{L}\p{N}_.@-]*(?=\s*:)/u)) return 'field'
    if (stream.match(/^:(>=|<=|>|<|=)?/) || stream.match(/^[()[\]{}+]/)) return 'operator'
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^\/(?:[^/\\]|\\.)+\/?/)) return 'value'
    if (stream.match(/^-?\d+(\.\d+)?(?=[\s)\]}]|$)/)) return 'number'
    if (stream.match(/^[^\s():[\]{}"]+/)) return 'value'
    stream.next()
    return null
  },
  tokenTable: tags,
})

export const queryHighlighting = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.field, color: 'var(--syntax-field)' },
    { tag: tags.value, color: 'var(--syntax-value)' },
    { tag: tags.operator, color: 'var(--syntax-operator)' },
    { tag: tags.number, color: 'var(--syntax-number)' },
  ]),
)

export type Place =
  | { in: 'field'; from: number; prefix: string }
  | { in: 'value'; field: string; from: number; prefix: string; quoted: boolean }
  | { in: 'operator'; from: number; prefix: string }

/** What the person is writing at the caret. */
export function placeAt(text: string, caret: number): Place {
  const before = text.slice(0, caret)
  const quotedValue = /([\p{L}_@][\p{L}\p{N}_.@-]*):"((?:[^"\\]|\\.)*)$/u.exec(before)
  if (quotedValue) return { in: 'value', field: quotedValue[1]!, from: caret - quotedValue[2]!.length - 1, prefix: quotedValue[2]!, quoted: true }
  const value = /([\p{L}_@][\p{L}\p{N}_.@-]*):(?:>=|<=|>|<)?([^\s()"[\]{}]*)$/u.exec(before)
  if (value) return { in: 'value', field: value[1]!, from: caret - value[2]!.length, prefix: value[2]!, quoted: false }
  const group = /([\p{L}_@][\p{L}\p{N}_.@-]*):\((?:[^()]*\s)?([^\s()"]*)$/u.exec(before)
  if (group) return { in: 'value', field: group[1]!, from: caret - group[2]!.length, prefix: group[2]!, quoted: false }
  const word = /[^\s()"]*$/.exec(before)![0]
  const start = caret - word.length
  const earlier = before.slice(0, start).trimEnd()
  const afterOperand = earlier !== '' && !/(^|[\s(])(AND|OR|NOT|&&|\|\|)$/.test(earlier) && !/[(!+-]$/.test(earlier)
  return { in: afterOperand ? 'operator' : 'field', from: start, prefix: word.replace(/^[-+!]/, '') }
}
