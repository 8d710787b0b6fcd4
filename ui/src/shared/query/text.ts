/**
 * The query text as a list of terms joined by AND. Facets and "filter for" edit the text that the person sees: there is no
 * second, hidden set of filters.
 */
export interface Term {
  field: string
  /** Without quotes; a comparison or a range as it stands. */
  value: string
  negated: boolean
  start: number
  end: number
}

const bare = /^[\p{L}\p{N}_.@/-]+$/u
const word = /^(AND|OR|NOT|TO)$/i

/** A value as the query language writes it, in quotes where it needs them. */
export function quote(value: string): string {
  // A leading - or / would be read as an operator or a regular expression.
  if (bare.test(value) && !word.test(value) && !/^[-/]/.test(value) && !value.includes('/')) return value
  return `"${value.replace(/[\\"]/g, '\\$&')}"`
}

const range = /^(?:(?:>=?|<=?)[\d.-]+|[[{][^\]}"]* TO [^\]}"]*[\]}])$/

/** A term; a comparison such as `>=90` or a range such as `[70 TO 90}` is taken as what it says. */
export function term(field: string, value: string, negated = false): string {
  return `${negated ? 'NOT ' : ''}${field}:${range.test(value) ? value : quote(value)}`
}

const simple = /(NOT\s+|-|!)?([\p{L}_@][\p{L}\p{N}_.@-]*):("(?:[^"\\]|\\.)*"|(?:>=?|<=?)?[^\s()"[\]{}<>=*?]+|[[{][^\]}"]* TO [^\]}"]*[\]}])(?=$|[\s)])/uy

/** The plain `field:value` and range terms at the top level of a pure conjunction; none if the text has an OR or is anything else there. */
export function terms(query: string): Term[] {
  const found: Term[] = []
  let depth = 0
  let at = 0
  while (at < query.length) {
    const c = query[at]!
    if (/\s/.test(c)) {
      at++
      continue
    }
    simple.lastIndex = at
    const match = depth === 0 ? simple.exec(query) : null
    if (match) {
      const [all, not, field, value] = match
      found.push({ field: field!, value: unquote(value!), negated: not !== undefined, start: at, end: at + all!.length })
      at += all!.length
      continue
    }
    if (c === '(' || c === '[' || c === '{') depth++
    else if (c === ')' || c === ']' || c === '}') depth--
    if (c === '"') {
      at = endOfQuote(query, at)
      continue
    }
    const next = /^[^\s()[\]{}"]+/.exec(query.slice(at))?.[0] ?? c
    if (depth === 0 && (next === 'OR' || next === '||')) return []
    at += next.length
  }
  return found
}

function endOfQuote(query: string, start: number): number {
  for (let i = start + 1; i < query.length; i++) {
    if (query[i] === '\\') i++
    else if (query[i] === '"') return i + 1
  }
  return query.length
}

function unquote(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value
}

/** How the query filters by this value: for it, out, or not at all. */
export function stateOf(query: string, field: string, value: string): 'for' | 'out' | undefined {
  const match = terms(query).find((t) => t.field === field && t.value.toLowerCase() === value.toLowerCase())
  return match && (match.negated ? 'out' : 'for')
}

/** The query with the term added; a term that contradicts it is replaced, one that says the same is kept. */
export function filter(query: string, field: string, value: string, negated: boolean): string {
  const state = stateOf(query, field, value)
  if (state === (negated ? 'out' : 'for')) return query
  const rest = state ? without(query, field, value) : query
  return and(rest, term(field, value, negated))
}

export function and(query: string, addition: string): string {
  const trimmed = query.trim()
  if (trimmed === '') return addition
  return `${needsParentheses(trimmed) ? `(${trimmed})` : trimmed} AND ${addition}`
}

function needsParentheses(query: string): boolean {
  let depth = 0
  for (let at = 0; at < query.length; at++) {
    const c = query[at]!
    if (c === '"') {
      at = endOfQuote(query, at) - 1
      continue
    }
    if (c === '(') depth++
    else if (c === ')') depth--
    else if (depth === 0 && /^(?:\|\||OR(?=\s|\())/.test(query.slice(at)) && (at === 0 || /[\s)]/.test(query[at - 1]!))) return true
  }
  return false
}

/** The query without that term and the AND that joined it. */
export function without(query: string, field: string, value: string): string {
  const match = terms(query).find((t) => t.field === field && t.value.toLowerCase() === value.toLowerCase())
  if (!match) return query
  const before = query.slice(0, match.start).trimEnd()
  const after = query.slice(match.end).trimStart()
  const joined = /^(AND|&&)(\s|$)/.test(after)
    ? `${before} ${after.replace(/^(AND|&&)\s*/, '')}`
    : `${before.replace(/(^|\s)(AND|&&)$/, '')} ${after}`
  return joined.trim()
}
