// Enough of the query language for the flows: terms, wildcards, comparisons, CIDR on octets, AND OR NOT, parentheses, words.
export class QueryFault extends Error {
  constructor(message, column, length, expected, suggestion) {
    super(message)
    this.fault = { message, column, length, expected, ...(suggestion && { suggestion }) }
  }
}

export function compile(text, known) {
  const tokens = []
  const scan = /\s*(?:(\()|(\))|(AND\b|&&)|(OR\b|\|\|)|(NOT\b|!)|([\w@][\w.@-]*):(>=|<=|>|<)?(?:"((?:[^"\\]|\\.)*)"|\(([^)]*)\)|([[{][^\]}]*[\]}]|[^\s()"]+))?|"((?:[^"\\]|\\.)*)"|([^\s()"]+))/gy
  let at = 0
  while (at < text.length && text.slice(at).trim() !== '') {
    scan.lastIndex = at
    const m = scan.exec(text)
    if (!m) throw new QueryFault('This cannot be read', at + 1, 1, ['a field', 'a word'])
    tokens.push({ m, column: scan.lastIndex - m[0].trimStart().length + 1, length: m[0].trimStart().length })
    at = scan.lastIndex
  }
  let i = 0
  const or = () => {
    const parts = [and()]
    while (tokens[i]?.m[4]) {
      i++
      parts.push(and())
    }
    return parts.length === 1 ? parts[0] : (e) => parts.some((p) => p(e))
  }
  const and = () => {
    const parts = [not()]
    while (tokens[i] && !tokens[i].m[4] && !tokens[i].m[2]) {
      if (tokens[i].m[3]) i++
      parts.push(not())
    }
    return parts.length === 1 ? parts[0] : (e) => parts.every((p) => p(e))
  }
  const not = () => {
    if (tokens[i]?.m[5]) {
      i++
      const part = not()
      return (e) => !part(e)
    }
    const token = tokens[i]
    if (!token) throw new QueryFault('The query ends here', text.length + 1, 1, ['a field', 'a word', '('])
    if (token.m[3] || token.m[4] || token.m[2]) throw new QueryFault(`found ${token.m[0].trim()}`, token.column, token.length, ['a field', 'a word', '('])
    i++
    if (token.m[1]) {
      const part = or()
      if (!tokens[i]?.m[2]) throw new QueryFault('the parenthesis is not closed', token.column, 1, [')'])
      i++
      return part
    }
    if (token.m[6]) return term(token, known)
    const word = (token.m[11] ?? token.m[12]).toLowerCase()
    return (e) => Object.values(e).some((v) => String(v).toLowerCase().includes(word))
  }
  if (tokens.length === 0) return undefined
  const predicate = or()
  if (i < tokens.length) throw new QueryFault(`found ${tokens[i].m[0].trim()}`, tokens[i].column, tokens[i].length, ['AND', 'OR', 'the end'])
  return predicate
}

function term({ m, column, length }, known) {
  const [, , , , , , field, op, quoted, group, bare] = m
  if (!known.has(field) && !/^(threat|metron|alert|zeek|related)\./.test(field)) {
    const near = [...known].find((k) => k.replace('.', '') === field.replace('.', '') || k.startsWith(field.slice(0, -2)))
    throw new QueryFault(`there is no field ${field}`, column, field.length, ['the name of a field'], near)
  }
  const raw = quoted?.replace(/\\(.)/g, '$1') ?? bare
  if (group !== undefined) {
    const choices = group.split(/\s+OR\s+|\s+/).map((v) => v.replace(/^"|"$/g, '').toLowerCase())
    return (e) => [e[field]].flat().some((v) => v !== undefined && choices.includes(String(v).toLowerCase()))
  }
  if (raw === undefined) throw new QueryFault(`${field} has no value`, column + length, 1, ['a value', '"', '(', '['])
  if (op) {
    const n = Number(raw)
    const cmp = { '>': (a) => a > n, '>=': (a) => a >= n, '<': (a) => a < n, '<=': (a) => a <= n }[op]
    return (e) => [e[field]].flat().some((v) => v !== undefined && cmp(Number(v)))
  }
  const range = bare && /^([[{])(\S+) TO (\S+)([\]}])$/.exec(bare)
  if (range) {
    const [, open, low, high, close] = range
    const above = open === '[' ? (n) => n >= Number(low) : (n) => n > Number(low)
    const below = close === ']' ? (n) => n <= Number(high) : (n) => n < Number(high)
    return (e) => [e[field]].flat().some((v) => v !== undefined && above(Number(v)) && below(Number(v)))
  }
  if (bare === '*') return (e) => e[field] !== undefined
  if (bare?.includes('/')) {
    const prefix = `${bare.split('/')[0].split('.').slice(0, Number(bare.split('/')[1]) / 8).join('.')}.`
    return (e) => [e[field]].flat().some((v) => String(v).startsWith(prefix))
  }
  if (bare?.includes('*')) {
    const pattern = new RegExp(`^${bare.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 'i')
    return (e) => [e[field]].flat().some((v) => v !== undefined && pattern.test(String(v)))
  }
  const wanted = raw.toLowerCase()
  return (e) => [e[field]].flat().some((v) => v !== undefined && String(v).toLowerCase() === wanted)
}
