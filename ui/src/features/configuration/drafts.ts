/** Texts that are not saved yet. They outlive a look at another file or tab; only leaving the page would lose them. */
import { useCallback, useRef, useState } from 'react'
import type { Fault } from '~/api/types'

export interface Draft {
  text: string
  /** Content id of the text that it was made from; undefined: it is a new file. */
  base: string | undefined
  /** The text that it was made from, to show what it changes. */
  from: string
}

/** The file as the server has it; undefined: there is none. */
export type Theirs = { blob: string; text: string } | undefined

/**
 * How a draft stands to what the server has now: `changed` can be saved, `new` too, `conflict` and `gone` were overtaken by
 * somebody else and need a decision first.
 */
export type Standing = 'unchanged' | 'changed' | 'new' | 'conflict' | 'gone'

export function standing(draft: Draft | undefined, theirs: Theirs): Standing {
  if (!draft) return 'unchanged'
  if (draft.base === theirs?.blob) return draft.base === undefined ? 'new' : draft.text === theirs?.text ? 'unchanged' : 'changed'
  // Somebody else wrote the very same text, or it was saved and the answer was lost.
  if (theirs && draft.text === theirs.text) return 'unchanged'
  return theirs ? 'conflict' : 'gone'
}

/** A draft after the person decided that it shall replace what is there now. */
export const kept = (draft: Draft, theirs: Theirs): Draft => ({ ...draft, base: theirs?.blob, from: theirs?.text ?? '' })

/** A draft after a text was saved: nothing, or what was written while the save was under way. */
export function afterSave(draft: Draft | undefined, saved: { blob: string; text: string }): Draft | undefined {
  return draft && draft.text !== saved.text ? { text: draft.text, base: saved.blob, from: saved.text } : undefined
}

export interface Refused {
  title: string
  /** Of the text that was refused. */
  faults: Fault[]
  detail?: string
}

export interface Drafts {
  readonly all: ReadonlyMap<string, Draft>
  set: (path: string, draft: Draft | undefined | ((before: Draft | undefined) => Draft | undefined)) => void
  refused: (path: string) => Refused | undefined
  refuse: (path: string, refused: Refused | undefined) => void
  /** Carets and undo steps of the texts, for when one is opened again. */
  readonly editors: Map<string, unknown>
}

function changed<V>(map: ReadonlyMap<string, V>, key: string, value: V | undefined): ReadonlyMap<string, V> {
  const next = new Map(map)
  if (value === undefined) next.delete(key)
  else next.set(key, value)
  return next
}

export function useDrafts(): Drafts {
  const [all, setAll] = useState<ReadonlyMap<string, Draft>>(new Map())
  const [refusals, setRefusals] = useState<ReadonlyMap<string, Refused>>(new Map())
  const editors = useRef(new Map<string, unknown>()).current
  const set = useCallback<Drafts['set']>((path, draft) => setAll((before) => changed(before, path, typeof draft === 'function' ? draft(before.get(path)) : draft)), [])
  const refuse = useCallback<Drafts['refuse']>((path, refused) => setRefusals((before) => (refused || before.has(path) ? changed(before, path, refused) : before)), [])
  return { all, set, refused: (path) => refusals.get(path), refuse, editors }
}
