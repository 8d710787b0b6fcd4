import { TextInput } from '@mantine/core'
import { IconChevronRight, IconSearch, IconTable, IconTableOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { countsQuery, fieldsQuery } from '~/api/queries'
import type { SearchBody } from '~/api/types'
import { compact, visible } from '~/shared/format'
import { stateOf } from '~/shared/query/text'
import { Failure } from '~/shared/states'
import classes from './FieldList.module.css'

interface Props {
  shown: readonly string[]
  onColumns: (shown: string[]) => void
  question: SearchBody
  query: string
  onFilter: (field: string, value: string, negated: boolean) => void
}

const most = 80

/** Every field that has data: its top values here, and as a column. */
export function FieldList({ shown, onColumns, question, query, onFilter }: Props) {
  const [wanted, setWanted] = useState('')
  const [open, setOpen] = useState<string>()
  const fields = useQuery(fieldsQuery)
  const found = useMemo(() => {
    const needle = wanted.trim().toLowerCase()
    return (fields.data ?? []).filter((f) => needle === '' || f.name.toLowerCase().includes(needle)).sort((a, b) => Number(shown.includes(b.name)) - Number(shown.includes(a.name)) || (b.documents ?? 0) - (a.documents ?? 0))
  }, [fields.data, wanted, shown])
  if (fields.isError) return <Failure error={fields.error} retry={() => void fields.refetch()} compact />
  return (
    <aside className={classes.list} aria-label="Fields">
      <TextInput size="xs" value={wanted} onChange={(e) => setWanted(e.currentTarget.value)} placeholder="Find a field" aria-label="Find a field" leftSection={<IconSearch size={13} />} m={8} />
      <ul>
        {found.slice(0, most).map((f) => (
          <li key={f.name}>
            <div className={classes.field}>
              <button type="button" className={classes.name} aria-expanded={open === f.name} onClick={() => setOpen(open === f.name ? undefined : f.name)} title={f.description ?? undefined}>
                <IconChevronRight size={12} aria-hidden className={classes.chevron} data-open={open === f.name || undefined} />
                <span className="clip mono">{f.name}</span>
              </button>
              <button
                type="button"
                className={classes.column}
                aria-pressed={shown.includes(f.name)}
                aria-label={shown.includes(f.name) ? `Remove column ${f.name}` : `Show ${f.name} as a column`}
                title={shown.includes(f.name) ? 'Remove the column' : 'Show as a column'}
                onClick={() => onColumns(shown.includes(f.name) ? shown.filter((s) => s !== f.name) : [...shown, f.name])}
              >
                {shown.includes(f.name) ? <IconTableOff size={14} /> : <IconTable size={14} />}
              </button>
            </div>
            {open === f.name && <TopValues field={f.name} question={question} query={query} onFilter={onFilter} />}
          </li>
        ))}
      </ul>
      {found.length > most && <p className={classes.note}>{found.length - most} more: write a part of the name.</p>}
      {fields.data && found.length === 0 && <p className={classes.note}>No field with data has that name.</p>}
    </aside>
  )
}

function TopValues({ field, question, query, onFilter }: { field: string } & Pick<Props, 'question' | 'query' | 'onFilter'>) {
  const top = useQuery(countsQuery('events', { ...question, facets: [{ field, size: 8 }] }))
  const counts = top.data?.facets?.[field] ?? []
  if (top.isError) return <p className={classes.note}>The values could not be counted: {top.error.message}</p>
  if (top.isPending) return <p className={classes.note}>Counting</p>
  if (counts.length === 0) return <p className={classes.note}>No values in this answer</p>
  return (
    <ul className={classes.values}>
      {counts.map(({ value, count }) => (
        <li key={value}>
          <button type="button" onClick={() => onFilter(field, value, false)} aria-pressed={stateOf(query, field, value) === 'for'} title="Filter for this">
            <span className="clip">{visible(value, 120) || '(empty)'}</span>
            <span className="muted num">{compact(count)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
