/** What is wrong with a configuration, as the server says it: a place, a sentence, and sometimes the code with a caret below. */
import { ApiError } from '~/api/client'
import type { Fault } from '~/api/types'

/** The sentence, and the lines of code that stand below it. */
export function sentenceAndCode(message: string): { sentence: string; code: string } {
  const [first = '', ...rest] = message.replace(/\s+$/, '').split(/\r?\n/)
  return { sentence: first, code: rest.join('\n') }
}

/** All faults of a refused change; undefined if it failed for another reason. */
export function faultsOf(error: unknown): Fault[] | undefined {
  if (!(error instanceof ApiError) || error.status !== 422) return undefined
  const faults = (error.problem.errors ?? []).filter((e): e is Fault => typeof e === 'object' && e !== null && 'message' in e)
  return faults.length ? faults : undefined
}

/** A fault that was written as one text, `triage/web.yaml:14: message`, as the state of the server has it. */
export function readFault(text: string): { before: string; fault: Fault } | undefined {
  const found = /(^|\s)([\w./-]+\.ya?ml)(?::(\d+))?: ([\s\S]+)$/.exec(text)
  if (!found) return undefined
  const [, , file, line, message = ''] = found
  return { before: text.slice(0, found.index).replace(/[\s:]+$/, ''), fault: { message, file, ...(line && { line: Number(line) }) } }
}

/** Faults of the open file first, each file's by line. */
export function inOrder(faults: readonly Fault[], open: string): Fault[] {
  const rank = (f: Fault) => (f.file === open ? 0 : 1)
  return [...faults].sort((a, b) => rank(a) - rank(b) || (a.file ?? '').localeCompare(b.file ?? '') || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0))
}
