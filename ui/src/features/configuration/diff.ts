/** Differences of text: those the server wrote as a unified diff, and those of two texts in the console. */

export interface DiffLine {
  kind: 'same' | 'added' | 'removed' | 'note'
  text: string
  /** Line numbers in the text before and after, from 1. */
  before?: number
  after?: number
}

export interface FileDiff {
  path: string
  change: 'changed' | 'added' | 'removed'
  /** Runs of lines; between them are lines that did not change. */
  hunks: DiffLine[][]
  added: number
  removed: number
}

/** Git's unified diff. What is no part of one is passed over: any text gives some answer. */
export function readUnified(diff: string): FileDiff[] {
  const files: FileDiff[] = []
  let before = 0
  let after = 0
  // Lines that the hunk still has: a removed line "--- a" looks like a header otherwise.
  let left = 0
  let right = 0
  for (const line of diff.split('\n')) {
    const file = files.at(-1)
    const hunk = file?.hunks.at(-1)
    if (file && hunk && (left > 0 || right > 0)) {
      const text = line.slice(1)
      if (line.startsWith('+')) {
        hunk.push({ kind: 'added', text, after: after++ })
        file.added++
        right--
        continue
      }
      if (line.startsWith('-')) {
        hunk.push({ kind: 'removed', text, before: before++ })
        file.removed++
        left--
        continue
      }
      if (line.startsWith(' ') || line === '') {
        hunk.push({ kind: 'same', text, before: before++, after: after++ })
        left--
        right--
        continue
      }
    }
    const head = /^diff --git (?:"?a\/(.*?)"?) (?:"?b\/(.*?)"?)$/.exec(line)
    if (head) {
      files.push({ path: head[2]!, change: 'changed', hunks: [], added: 0, removed: 0 })
      left = right = 0
    } else if (file && line.startsWith('new file mode')) file.change = 'added'
    else if (file && line.startsWith('deleted file mode')) file.change = 'removed'
    else if (file && hunk && line.startsWith('\\')) hunk.push({ kind: 'note', text: 'No line end after the last line' })
    else if (file && line.startsWith('Binary files')) file.hunks.push([{ kind: 'note', text: 'Not text' }])
    else if (file) {
      const place = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line)
      if (place) {
        before = Number(place[1])
        after = Number(place[3])
        left = Number(place[2] ?? 1)
        right = Number(place[4] ?? 1)
        file.hunks.push([])
      }
    }
  }
  return files
}

// A table of so many cells is made in a few milliseconds; beyond, the differing middle is shown as replaced.
const mostCells = 4_000_000

/** What leads from one text to the other, with three lines around each change. */
export function compare(from: string, to: string, context = 3): DiffLine[][] {
  const a = from.split('\n')
  const b = to.split('\n')
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const lines: DiffLine[] = []
  const same = (i: number, j: number) => lines.push({ kind: 'same', text: a[i]!, before: i + 1, after: j + 1 })
  for (let i = 0; i < start; i++) same(i, i)
  middle(a, b, start, end, lines)
  for (let k = end; k > 0; k--) same(a.length - k, b.length - k)
  return hunksOf(lines, context)
}

/** Longest common subsequence of the part between what is equal at both ends. */
function middle(a: string[], b: string[], start: number, end: number, lines: DiffLine[]) {
  const n = a.length - end - start
  const m = b.length - end - start
  const removed = (i: number) => lines.push({ kind: 'removed', text: a[start + i]!, before: start + i + 1 })
  const added = (j: number) => lines.push({ kind: 'added', text: b[start + j]!, after: start + j + 1 })
  let i = 0
  let j = 0
  if ((n + 1) * (m + 1) <= mostCells) {
    const width = m + 1
    const longest = new Uint32Array((n + 1) * width)
    for (let x = n - 1; x >= 0; x--) {
      for (let y = m - 1; y >= 0; y--) {
        longest[x * width + y] = a[start + x] === b[start + y] ? longest[(x + 1) * width + y + 1]! + 1 : Math.max(longest[(x + 1) * width + y]!, longest[x * width + y + 1]!)
      }
    }
    while (i < n && j < m) {
      if (a[start + i] === b[start + j]) {
        lines.push({ kind: 'same', text: a[start + i]!, before: start + i + 1, after: start + j + 1 })
        i++
        j++
      } else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!) removed(i++)
      else added(j++)
    }
  }
  while (i < n) removed(i++)
  while (j < m) added(j++)
}

function hunksOf(lines: readonly DiffLine[], context: number): DiffLine[][] {
  const near = new Uint8Array(lines.length)
  lines.forEach((line, i) => {
    if (line.kind !== 'same') near.fill(1, Math.max(0, i - context), i + context + 1)
  })
  const hunks: DiffLine[][] = []
  lines.forEach((line, i) => {
    if (!near[i]) return
    if (i === 0 || !near[i - 1]) hunks.push([])
    hunks.at(-1)!.push(line)
  })
  return hunks
}
