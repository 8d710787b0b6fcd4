/** What the console keeps in the URL, and how a stranger's URL is read: whatever is unusable becomes the default. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { Stage } from './api/types'
import { prefer, preference, type PreferenceKey } from './shared/preferences'
import { browserZone, isZone } from './shared/time/format'
import { defaultRange, isUsable, type Range } from './shared/time/range'

export interface FrameSearch {
  from: string
  to: string
  tz: string
}

export interface ListSearch {
  q?: string
  /** Field, with a minus in front for descending. */
  sort?: string
  /** Comma-separated column ids. */
  cols?: string
  /** Id of the event or alert that is open beside the list. */
  open?: string
}

const optional = (value: unknown): string | undefined =>
  value === undefined || value === null || value === '' ? undefined : String(value)

export function frameSearch(search: Record<string, unknown>): FrameSearch {
  const range: Range = { from: String(search.from ?? defaultRange.from), to: String(search.to ?? defaultRange.to) }
  const usable = isUsable(range, Date.now()) ? range : defaultRange
  const tz = optional(search.tz)
  return { ...usable, tz: [tz, preference('zone')].find((zone) => zone !== undefined && isZone(zone)) ?? browserZone }
}

export function listSearch(search: Record<string, unknown>): ListSearch {
  return { q: optional(search.q), sort: optional(search.sort), cols: optional(search.cols), open: optional(search.open) }
}

export interface LetterSearch {
  sensor?: string
  stage?: Stage
  letter?: string
}

export const stages: readonly Stage[] = ['parse', 'transform', 'enrich', 'detect', 'store']

export function letterSearch(search: Record<string, unknown>): LetterSearch {
  return {
    sensor: search.sensor ? String(search.sensor) : undefined,
    stage: stages.find((s) => s === search.stage),
    letter: search.letter ? String(search.letter) : undefined,
  }
}

export const administrationTabs = ['users', 'tokens', 'audit'] as const
export type AdministrationTab = (typeof administrationTabs)[number]

export function administrationSearch(search: Record<string, unknown>): { tab?: AdministrationTab } {
  return { tab: administrationTabs.find((t) => t === search.tab) }
}

export const configurationTabs = ['files', 'history', 'try'] as const
export type ConfigurationTab = (typeof configurationTabs)[number]

export interface ConfigurationSearch {
  tab?: ConfigurationTab
  /** Path below `conf/`: what is edited, or whose history is shown. */
  file?: string
  /** Where the editor begins, from 1. */
  line?: number
  revision?: string
}

export function configurationSearch(search: Record<string, unknown>): ConfigurationSearch {
  const line = Number(search.line)
  return {
    tab: configurationTabs.find((t) => t === search.tab && t !== 'files'),
    file: optional(search.file),
    line: Number.isSafeInteger(line) && line > 0 ? line : undefined,
    revision: typeof search.revision === 'string' && /^[0-9a-f]{4,64}$/.test(search.revision) ? search.revision : undefined,
  }
}

export function parseSort(sort: string | undefined, fallback: string): { field: string; descending: boolean } {
  const chosen = sort ?? fallback
  return chosen.startsWith('-') ? { field: chosen.slice(1), descending: true } : { field: chosen, descending: false }
}

export function useFrame() {
  const search = useSearch({ strict: false }) as Partial<FrameSearch>
  const navigate = useNavigate()
  const { from, to, tz } = frameSearch(search as Record<string, unknown>)
  const setRange = useCallback(
    (range: Range) => navigate({ to: '.', search: (before: object) => ({ ...before, ...range }) } as never),
    [navigate],
  )
  const setZone = useCallback(
    (zone: string) => {
      prefer('zone', zone)
      return navigate({ to: '.', search: (before: object) => ({ ...before, tz: zone }), replace: true } as never)
    },
    [navigate],
  )
  return { range: { from, to } as Range, zone: tz, setRange, setZone }
}

/** The columns of a list: those of the URL, else those the person chose the last time, else the list's own. */
export function chosenColumns(cols: string | undefined, key: PreferenceKey, own: readonly string[], known: (id: string) => boolean): readonly string[] {
  const chosen = (cols ?? preference(key))?.split(',').filter((id) => id !== '' && known(id)) ?? []
  return chosen.length ? [...new Set(chosen)] : own
}

export function useList() {
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const navigate = useNavigate()
  const list = listSearch(search)
  const set = useCallback(
    (change: Partial<ListSearch>, replace = false) =>
      navigate({ to: '.', search: (before: object) => ({ ...before, ...change }), replace } as never),
    [navigate],
  )
  return { ...list, query: list.q ?? '', set }
}

export function useConfigurationSearch() {
  const search = configurationSearch(useSearch({ strict: false }) as Record<string, unknown>)
  const navigate = useNavigate()
  const set = useCallback(
    (change: Partial<ConfigurationSearch>) => navigate({ to: '.', search: (before: object) => ({ ...before, line: undefined, ...change }) } as never),
    [navigate],
  )
  return { ...search, set }
}
