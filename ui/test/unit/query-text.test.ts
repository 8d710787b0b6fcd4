import { describe, expect, it } from 'vitest'
import { placeAt } from '../../src/shared/query/language'
import { and, filter, quote, stateOf, terms, without } from '../../src/shared/query/text'

describe('quote', () => {
  it('leaves plain words alone', () => expect(quote('srv-mail-01')).toBe('srv-mail-01'))
  it('quotes what the language would read otherwise', () => {
    for (const value of ['a b', '2001:db8::1', 'AND', 'or', '-x', '/etc', 'a*b', 'x)', '', '10.0.0.0/8']) expect(quote(value)).toBe(`"${value}"`)
  })
  it('escapes quotes and backslashes', () => expect(quote('C:\\a "b"')).toBe('"C:\\\\a \\"b\\""'))
})

describe('terms', () => {
  it('finds the terms of a conjunction, with their negation', () => {
    expect(terms('host.name:a AND NOT user.name:"b c" x').map(({ field, value, negated }) => [field, value, negated])).toEqual([
      ['host.name', 'a', false],
      ['user.name', 'b c', true],
    ])
  })
  it('finds none where an OR makes a term mean something else', () => expect(terms('a:1 OR b:2')).toEqual([]))
  it('does not look into parentheses or wildcards', () => expect(terms('(a:1 OR b:2) AND d:x* AND e:3').map((t) => t.field)).toEqual(['e']))
  it('finds comparisons and ranges as they stand', () =>
    expect(terms('a:[1 TO 2] AND NOT b:>=90 c:{0 TO 40}').map(({ field, value, negated }) => [field, value, negated])).toEqual([
      ['a', '[1 TO 2]', false],
      ['b', '>=90', true],
      ['c', '{0 TO 40}', false],
    ]))
  it('ends on any text', () => {
    for (const text of ['"', 'a:"', '((((', 'a:\\', ':::', 'NOT', 'a:b:c', '\ud800', 'x'.repeat(10_000)]) expect(Array.isArray(terms(text))).toBe(true)
  })
})

describe('filter', () => {
  it('starts, extends and replaces', () => {
    expect(filter('', 'a', 'x', false)).toBe('a:x')
    expect(filter('a:x', 'b', 'y z', true)).toBe('a:x AND NOT b:"y z"')
    expect(filter('a:x AND b:y', 'a', 'x', true)).toBe('b:y AND NOT a:x')
    expect(filter('a:x', 'a', 'X', false)).toBe('a:x')
  })
  it('adds and takes back a range of scores', () => {
    expect(filter('a:x', 's', '[70 TO 90}', false)).toBe('a:x AND s:[70 TO 90}')
    expect(stateOf('a:x AND NOT s:>=90', 's', '>=90')).toBe('out')
    expect(without('a:x AND s:[70 TO 90} AND b:y', 's', '[70 TO 90}')).toBe('a:x AND b:y')
  })
  it('keeps the meaning of an OR', () => expect(and('a:1 OR b:2', 'c:3')).toBe('(a:1 OR b:2) AND c:3'))
  it('needs no parentheses for an OR inside a string or a word', () => {
    expect(and('a:"x OR y"', 'c:3')).toBe('a:"x OR y" AND c:3')
    expect(and('ORACLE', 'c:3')).toBe('ORACLE AND c:3')
  })
})

describe('without', () => {
  it('takes the joining AND along', () => {
    expect(without('a:1 AND b:2 AND c:3', 'b', '2')).toBe('a:1 AND c:3')
    expect(without('a:1 AND b:2', 'a', '1')).toBe('b:2')
    expect(without('a:1 AND NOT b:2', 'b', '2')).toBe('a:1')
    expect(without('a:1', 'a', '1')).toBe('')
  })
  it('undoes filter', () => {
    for (const value of ['x', 'x y', 'a"b', '\\', 'AND', '::1']) {
      const added = filter('host:h', 'f', value, true)
      expect(stateOf(added, 'f', value)).toBe('out')
      expect(without(added, 'f', value)).toBe('host:h')
    }
  })
})

describe('placeAt', () => {
  const at = (text: string) => placeAt(text, text.length)
  it('knows a field, a value and an operator', () => {
    expect(at('sour')).toMatchObject({ in: 'field', prefix: 'sour', from: 0 })
    expect(at('source.ip:10')).toMatchObject({ in: 'value', field: 'source.ip', prefix: '10', from: 10 })
    expect(at('rule.name:"Den by')).toMatchObject({ in: 'value', prefix: 'Den by', quoted: true, from: 10 })
    expect(at('user.name:(a OR b')).toMatchObject({ in: 'value', field: 'user.name', prefix: 'b' })
    expect(at('a:1 A')).toMatchObject({ in: 'operator', prefix: 'A' })
    expect(at('a:1 AND so')).toMatchObject({ in: 'field', prefix: 'so' })
  })
})
