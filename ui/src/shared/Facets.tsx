import { IconCirclePlus, IconCircleMinus, IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import type { Count } from '~/api/types'
import { compact, count, visible } from './format'
import { stateOf } from './query/text'
import classes from './Facets.module.css'

export interface FacetField {
  field: string
  label: string
  /** What to call a value, where it is not its own name, and in which colour to show it. */
  names?: Readonly<Record<string, { label: string; colour: string }>>
}

interface Props {
  fields: readonly FacetField[]
  facets: Record<string, Count[]> | undefined
  /** The counts could not be had. */
  failed?: boolean
  total: number
  query: string
  onFilter: (field: string, value: string, negated: boolean) => void
  onClear: (field: string, value: string) => void
}

/** Most frequent values of some fields; one click filters for a value, the minus filters it out, a click on what filters takes it back. */
export function Facets({ fields, facets, failed = false, total, query, onFilter, onClear }: Props) {
  return (
    <aside className={classes.facets} aria-label="Facets">
      {failed && !facets ? (
        <p className={classes.none}>The counts could not be had.</p>
      ) : (
        fields.map((field) => <Facet key={field.field} {...field} counts={facets?.[field.field]} loading={facets === undefined} total={total} query={query} onFilter={onFilter} onClear={onClear} />)
      )}
    </aside>
  )
}

const few = 6

function Facet({ field, label, names, counts, loading, total, query, onFilter, onClear }: { counts: Count[] | undefined; loading: boolean } & FacetField & Omit<Props, 'fields' | 'facets' | 'failed'>) {
  const [all, setAll] = useState(false)
  const [folded, setFolded] = useState(false)
  const shown = all ? counts : counts?.slice(0, few)
  if (!loading && !counts?.length) {
    return (
      <section className={classes.facet}>
        <h3 className={classes.empty}>
          {label} <span>none</span>
        </h3>
      </section>
    )
  }
  return (
    <section className={classes.facet}>
      <h3>
        <button type="button" onClick={() => setFolded(!folded)} aria-expanded={!folded}>
          <IconChevronDown size={13} aria-hidden className={classes.fold} data-folded={folded || undefined} />
          {label}
        </button>
      </h3>
      {!folded && (
        <ul>
          {loading && Array.from({ length: 3 }, (_, i) => <li key={i} className={classes.ghost} aria-hidden />)}
          {shown?.map(({ value, count: n }) => {
            const state = stateOf(query, field, value)
            const name = names?.[value]
            const text = name?.label ?? (visible(value, 200) || '(empty)')
            return (
              <li key={value} className={classes.value} data-state={state}>
                <button
                  type="button"
                  className={classes.for}
                  title={`${text}: ${count(n)}`}
                  aria-pressed={state !== undefined}
                  onClick={() => (state ? onClear(field, value) : onFilter(field, value, false))}
                >
                  {state === 'for' && <IconCirclePlus size={13} aria-hidden />}
                  {state === 'out' && <IconCircleMinus size={13} aria-hidden />}
                  {name && !state && <span className={classes.mark} style={{ background: name.colour }} aria-hidden />}
                  <span className="clip">{text}</span>
                  <span className={`num ${classes.count}`}>{compact(n)}</span>
                  <span className={classes.share} style={{ width: `${Math.min(100, (n / Math.max(1, total)) * 100)}%` }} aria-hidden />
                </button>
                <button type="button" className={classes.out} aria-label={`Filter out ${label} ${text}`} title="Filter out" onClick={() => onFilter(field, value, true)}>
                  <IconCircleMinus size={14} />
                </button>
              </li>
            )
          })}
          {counts && counts.length > few && (
            <li>
              <button type="button" className={classes.more} onClick={() => setAll(!all)}>
                {all ? 'Show fewer' : `Show ${counts.length - few} more`}
              </button>
            </li>
          )}
        </ul>
      )}
    </section>
  )
}
