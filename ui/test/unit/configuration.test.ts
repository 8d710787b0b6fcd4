import { describe, expect, it } from 'vitest'
import { ApiError, pathWithSlashes } from '../../src/api/client'
import { compare, type DiffLine, readUnified } from '../../src/features/configuration/diff'
import { afterSave, type Draft, kept, standing } from '../../src/features/configuration/drafts'
import { faultsOf, inOrder, readFault, sentenceAndCode } from '../../src/features/configuration/faults'
import { grouped, kindOf, nameFault, nameInGroup, newPath, template } from '../../src/features/configuration/files'
import { configurationSearch } from '../../src/url'

describe('files', () => {
  it('knows the kinds by folder, and only YAML as a definition', () => {
    expect(['metron.yaml', 'sensors/asa/sensor.yaml', 'triage/web.yml', 'transformations/a.yaml', 'triage/notes.txt', 'sensors.yaml'].map(kindOf)).toEqual(['settings', 'sensors', 'triage', 'transformations', 'other', 'other'])
    expect(nameInGroup('sensors/asa/sensor.yaml')).toBe('asa/sensor.yaml')
    expect(nameInGroup('metron.yaml')).toBe('metron.yaml')
  })
  it('shows kinds that can be made even when there is none, but not when one is looked for', () => {
    expect(grouped(['metron.yaml']).map((g) => g.kind)).toEqual(['settings', 'sensors', 'transformations', 'triage'])
    expect(grouped(['metron.yaml', 'triage/b.yaml', 'triage/a.yaml'], ' TRI').map((g) => g.paths)).toEqual([['triage/a.yaml', 'triage/b.yaml']])
  })
  it('takes names that the server takes', () => {
    for (const name of ['web', 'Web-2.b', 'mail/in', 'web.yaml']) expect(nameFault('triage', name, [])).toBeUndefined()
    expect(newPath('triage', ' web.yml ')).toBe('triage/web.yaml')
    expect(nameFault('sensors', 'gate_way2', [])).toBeUndefined()
  })
  it('refuses names that the server or the file system would read otherwise', () => {
    for (const name of ['', ' ', '.web', '../web', 'a//b', 'a/', '/a', 'a b', 'ä', 'a\\b', 'a/.b', 'x'.repeat(121)]) expect(nameFault('triage', name, []), name).toBeDefined()
    for (const name of ['Gateway', 'gate-way', 'a/b', '_a', 'x'.repeat(65)]) expect(nameFault('sensors', name, []), name).toBeDefined()
  })
  it('refuses what is there already, and a folder of the same name', () => {
    expect(nameFault('triage', 'web', ['triage/web.yaml'])).toContain('there already')
    expect(nameFault('triage', 'web', ['triage/web.yml'])).toContain('triage/web.yml')
    expect(nameFault('triage', 'web.yaml/a', ['triage/web.yaml'])).toContain('beside')
  })
  it('gives a new sensor the name of its file', () => {
    expect(template('sensors', 'sensors/gateway.yaml')).toContain('\nname: gateway ')
    expect(template('sensors', 'sensors/gateway.yaml')).not.toContain('example_sensor')
  })
})

describe('a path in an address', () => {
  it('keeps its slashes and encodes the rest', () => {
    expect(pathWithSlashes('/api/v1/config/files/{path}', { path: 'triage/a b#?.yaml' })).toBe('/api/v1/config/files/triage/a%20b%23%3F.yaml')
  })
})

describe('drafts', () => {
  const draft = (text: string, base?: string): Draft => ({ text, base, from: 'old' })
  it('stand to what the server has', () => {
    expect(standing(undefined, { blob: '1', text: 'a' })).toBe('unchanged')
    expect(standing(draft('b', '1'), { blob: '1', text: 'a' })).toBe('changed')
    expect(standing(draft('a', '1'), { blob: '1', text: 'a' })).toBe('unchanged')
    expect(standing(draft('b'), undefined)).toBe('new')
    expect(standing(draft('b', '1'), { blob: '2', text: 'c' })).toBe('conflict')
    expect(standing(draft('b'), { blob: '2', text: 'c' })).toBe('conflict')
    expect(standing(draft('b', '1'), undefined)).toBe('gone')
  })
  it('are no conflict when somebody else wrote the same', () => expect(standing(draft('c', '1'), { blob: '2', text: 'c' })).toBe('unchanged'))
  it('can be saved over theirs once the person says so', () => {
    expect(standing(kept(draft('b', '1'), { blob: '2', text: 'c' }), { blob: '2', text: 'c' })).toBe('changed')
    expect(standing(kept(draft('b', '1'), undefined), undefined)).toBe('new')
  })
  it('keep what was written while a save was under way', () => {
    expect(afterSave(draft('b', '1'), { blob: '2', text: 'b' })).toBeUndefined()
    expect(afterSave(draft('bc', '1'), { blob: '2', text: 'b' })).toEqual({ text: 'bc', base: '2', from: 'b' })
  })
})

describe('faults', () => {
  it('are a sentence and the code below it', () => {
    expect(sentenceAndCode('IN_SUBNET takes (ip, cidr...)\n | IN_SUBNET(host, 8)\n | ................^\n')).toEqual({ sentence: 'IN_SUBNET takes (ip, cidr...)', code: ' | IN_SUBNET(host, 8)\n | ................^' })
    expect(sentenceAndCode('')).toEqual({ sentence: '', code: '' })
  })
  it('come with a refusal only', () => {
    const problem = (status: number, errors?: unknown[]) => new ApiError({ status, title: 't', errors })
    expect(faultsOf(problem(422, [{ message: 'a', line: 3 }, 'b', null]))).toEqual([{ message: 'a', line: 3 }])
    expect(faultsOf(problem(422, []))).toBeUndefined()
    expect(faultsOf(problem(412, [{ message: 'a' }]))).toBeUndefined()
    expect(faultsOf(new Error('x'))).toBeUndefined()
  })
  it('are found in the state of the server', () => {
    expect(readFault('the newest files are refused, the ones before go on: triage/web.yaml:14: unknown key\n | a')).toEqual({ before: 'the newest files are refused, the ones before go on', fault: { message: 'unknown key\n | a', file: 'triage/web.yaml', line: 14 } })
    expect(readFault('metron.yaml: can’t be read')?.fault).toEqual({ message: 'can’t be read', file: 'metron.yaml' })
    expect(readFault('something else')).toBeUndefined()
  })
  it('stand in order, those of the open file first', () => {
    const all = [{ message: '1', file: 'b', line: 2 }, { message: '2', file: 'a', line: 1 }, { message: '3', file: 'b', line: 1 }, { message: '4' }]
    expect(inOrder(all, 'b').map((f) => f.message)).toEqual(['3', '1', '4', '2'])
  })
})

const unified = `diff --git a/triage/web.yaml b/triage/web.yaml
index 1..2 100644
--- a/triage/web.yaml
+++ b/triage/web.yaml
@@ -1,3 +1,3 @@
 rules:
--- a: b
+++ a: c
 end
@@ -10 +10,2 @@ rules:
 x
+y
\\ No newline at end of file
diff --git a/sensors/new.yaml b/sensors/new.yaml
new file mode 100644
index 0..2
--- /dev/null
+++ b/sensors/new.yaml
@@ -0,0 +1 @@
+name: new
diff --git a/old.yaml b/old.yaml
deleted file mode 100644
--- a/old.yaml
+++ /dev/null
@@ -1 +0,0 @@
-gone
`

describe('readUnified', () => {
  it('reads files, hunks and line numbers, and lines that look like headers', () => {
    const [web, added, removed] = readUnified(unified)
    expect(web).toMatchObject({ path: 'triage/web.yaml', change: 'changed', added: 2, removed: 1 })
    expect(web!.hunks[0]).toEqual([
      { kind: 'same', text: 'rules:', before: 1, after: 1 },
      { kind: 'removed', text: '-- a: b', before: 2 },
      { kind: 'added', text: '++ a: c', after: 2 },
      { kind: 'same', text: 'end', before: 3, after: 3 },
    ])
    expect(web!.hunks[1]!.map((l) => l.kind)).toEqual(['same', 'added', 'note'])
    expect(added).toMatchObject({ path: 'sensors/new.yaml', change: 'added', added: 1, removed: 0 })
    expect(removed).toMatchObject({ path: 'old.yaml', change: 'removed', added: 0, removed: 1 })
  })
  it('ends on any text', () => {
    for (const text of ['', '\n', '@@ -1 +1 @@', 'diff --git a/x', '+a\n-b', unified.slice(0, 150), 'diff --git a/x b/x\n@@ -9999999999,2 +1 @@\n']) expect(Array.isArray(readUnified(text))).toBe(true)
  })
})

describe('compare', () => {
  const marked = (hunks: DiffLine[][]) => hunks.map((h) => h.map((l) => `${{ same: ' ', added: '+', removed: '-', note: '\\' }[l.kind]}${l.text}`).join('\n'))
  it('finds nothing in equal texts', () => expect(compare('a\nb', 'a\nb')).toEqual([]))
  it('shows what was replaced, added and removed, with lines around', () => {
    expect(marked(compare('a\nb\nc\nd', 'a\nx\nc\nd\ne', 1))).toEqual([' a\n-b\n+x\n c\n d\n+e'])
    expect(marked(compare('1\n2\n3\n4\n5\n6\n7', '1\nx\n3\n4\n5\n6', 1))).toEqual([' 1\n-2\n+x\n 3', ' 6\n-7'])
  })
  it('keeps line numbers of both sides', () => expect(compare('a\nb', 'n\na\nb', 1)).toEqual([[{ kind: 'added', text: 'n', after: 1 }, { kind: 'same', text: 'a', before: 1, after: 2 }]]))
  it('gives both texts back, whatever they are', () => {
    let seed = 7
    const random = (n: number) => (seed = (seed * 48_271) % 2_147_483_647) % n
    for (let round = 0; round < 200; round++) {
      const text = () => Array.from({ length: random(12) }, () => 'abc'[random(3)]).join('\n')
      const [from, to] = [text(), text()]
      const lines = compare(from, to, 100).flat()
      if (from === to) continue
      expect(lines.filter((l) => l.kind !== 'added').map((l) => l.text).join('\n')).toBe(from)
      expect(lines.filter((l) => l.kind !== 'removed').map((l) => l.text).join('\n')).toBe(to)
    }
  })
  it('answers at once for texts with nothing in common', () => {
    const many = (c: string) => Array.from({ length: 30_000 }, (_, i) => `${c}${i}`).join('\n')
    expect(compare(many('a'), many('b')).flat()).toHaveLength(60_000)
  })
})

describe('configurationSearch', () => {
  it('takes what it knows and leaves the rest', () => {
    expect(configurationSearch({ file: 'triage/web.yaml', tab: 'history', line: '14', revision: 'abc123def0' })).toEqual({ file: 'triage/web.yaml', tab: 'history', line: 14, revision: 'abc123def0' })
    expect(configurationSearch({ file: '', tab: 'x', line: '-1', revision: '../x' })).toEqual({})
  })
})
