/** All fields of an event: find, copy, and go on with a value. */
import { TextInput, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCircleMinus, IconCirclePlus, IconCopy, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldsQuery } from '~/api/queries'
import type { EventFields } from '~/api/types'
import { text, values, visible } from './format'
import { meaning, timeOrText } from './fieldValue'
import classes from './FieldTable.module.css'

interface Props {
  event: EventFields
  zone: string
  onFilter: (field: string, value: string, negated: boolean) => void
  /** What "filter for" leads to, for the button's name: "alerts" or "events". */
  noun: string
  without?: readonly string[]
}

export function FieldTable({ event, zone, onFilter, noun, without = [] }: Props) {
  const [wanted, setWanted] = useState('')
  const described = useQuery({ ...fieldsQuery, select: (all) => new Map(all.map((f) => [f.name, f.description])) }).data
  const needle = wanted.trim().toLowerCase()
  const names = Object.keys(event)
    .filter((name) => !without.includes(name))
    .filter((name) => needle === '' || name.toLowerCase().includes(needle) || text(event[name]).toLowerCase().includes(needle))
    .sort()
  return (
    <div className={classes.fields}>
      <TextInput size="xs" value={wanted} onChange={(e) => setWanted(e.currentTarget.value)} placeholder="Find a field or value" aria-label="Find a field or value" leftSection={<IconSearch size={14} />} className={classes.find} />
      <table>
        <caption className="visually-hidden">Fields of the event</caption>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row" title={described?.get(name)}>
                {name}
              </th>
              <td>
                {values(event[name]).map((value, i) => (
                  <Value key={`${i}-${value.slice(0, 40)}`} name={name} value={value} zone={zone} noun={noun} onFilter={onFilter} />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {names.length === 0 && <p className={classes.none}>No field or value has “{visible(wanted, 60)}”.</p>}
    </div>
  )
}

function Value({ name, value, zone, noun, onFilter }: { name: string; value: string; zone: string; noun: string; onFilter: Props['onFilter'] }) {
  const clipboard = useClipboard({ timeout: 1200 })
  const note = meaning(name, value)
  return (
    <div className={classes.value}>
      <span className={classes.text}>
        {timeOrText(value, zone)}
        {note && <span className="muted"> ({note})</span>}
      </span>
      <span className={classes.actions}>
        <Tooltip label={`Only ${noun} with this`}>
          <button type="button" aria-label={`Filter for ${name} ${visible(value, 60)}`} onClick={() => onFilter(name, value, false)}>
            <IconCirclePlus size={14} />
          </button>
        </Tooltip>
        <Tooltip label={`Only ${noun} without this`}>
          <button type="button" aria-label={`Filter out ${name} ${visible(value, 60)}`} onClick={() => onFilter(name, value, true)}>
            <IconCircleMinus size={14} />
          </button>
        </Tooltip>
        <Tooltip label={clipboard.copied ? 'Copied' : 'Copy'}>
          <button type="button" aria-label={`Copy ${name}`} onClick={() => clipboard.copy(value)}>
            {clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </button>
        </Tooltip>
      </span>
    </div>
  )
}
