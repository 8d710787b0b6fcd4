import { describe, expect, it } from 'vitest'
import { csrfToken } from '../../src/api/client'
import { exportAddress } from '../../src/features/search/export'
import { bytes, compact, count, text, visible } from '../../src/shared/format'
import { observable } from '../../src/shared/observable'
import { severityOf } from '../../src/shared/severity'

describe('format', () => {
  it('shows numbers as people read them', () => {
    expect(count(1_000_000)).toBe('1,000,000')
    expect(compact(10_800)).toBe('10.8K')
    expect(bytes(2_469_606_195)).toBe('2.3 GiB')
    expect(bytes(0)).toBe('0 B')
  })
  it('joins lists and shows controls and direction marks as their code', () => {
    expect(text(['a', 1, true])).toBe('a, 1, true')
    expect(visible('a\u202etxt.exe\u0000\u001b[31m')).toBe('a\\u202etxt.exe\\u0000\\u001b[31m')
    expect(visible('x'.repeat(50), 10)).toBe(`${'x'.repeat(10)}…`)
  })
  it('has one scale of severity', () => {
    expect([undefined, 0, 1, 40, 70, 90, 100].map(severityOf)).toEqual(['none', 'none', 'low', 'medium', 'high', 'critical', 'critical'])
  })
})

describe('observable', () => {
  it('knows what was pasted', () => {
    expect(observable(' 185.220.101[.]47 ')).toEqual({ kind: 'IP address', query: 'related.ip:185.220.101.47' })
    expect(observable('10.0.0.0/8')?.kind).toBe('network')
    expect(observable('2001:db8::1')).toEqual({ kind: 'IP address', query: 'related.ip:"2001:db8::1"' })
    expect(observable('hxxps://evil[.]example/a?b=1')).toEqual({ kind: 'URL', query: 'url.full:"https://evil.example/a?b=1"' })
    expect(observable('d41d8cd98f00b204e9800998ecf8427e')?.kind).toBe('hash')
    expect(observable('login-m1crosoft.zip')?.kind).toBe('domain')
    expect(observable('a@b.example')?.kind).toBe('e-mail address')
    expect(observable('1:LQU9qZlK+B5F3KDmev6m5PMibrg=')?.kind).toBe('Community ID')
  })
  it('takes nothing else for one', () => {
    for (const words of ['', 'failed login', '999.1.1.1', '10.0.0.0/64', 'a:b']) expect(observable(words)).toBeUndefined()
  })
})

describe('requests', () => {
  it('find the CSRF token among the cookies', () => expect(csrfToken('a=b; XSRF-TOKEN=x%2By; c=d')).toBe('x+y'))
  it('export fields, not columns that the console makes up', () => {
    const address = new URL(exportAddress('csv', { query: 'a:"b c"', from: 'f', to: 't', columns: ['@timestamp', 'summary', 'host.name'] }), 'http://x')
    expect(address.searchParams.get('fields')).toBe('@timestamp,host.name')
    expect(address.searchParams.get('query')).toBe('a:"b c"')
  })
})
