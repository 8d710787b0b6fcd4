import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useState } from 'react'
import { configFilesQuery, fieldsQuery } from '~/api/queries'
import { observable } from '~/shared/observable'
import { usePages } from './Frame'
import { useRefusal } from './session'
import classes from './Palette.module.css'

interface Entry {
  id: string
  label: string
  note: string
  go: () => void
}

export function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const navigate = useNavigate()
  const fields = useQuery(fieldsQuery).data ?? []
  const pages = usePages()
  const mayConfigure = useRefusal('engineer') === undefined
  const files = useQuery({ ...configFilesQuery, refetchInterval: false, enabled: mayConfigure }).data ?? []
  const go = (to: string, search: object = {}) => {
    onClose()
    void navigate({ to, search: (before: Record<string, unknown>) => ({ from: before.from, to: before.to, tz: before.tz, ...search }) } as never)
  }
  const wanted = text.trim().toLowerCase()
  const pasted = observable(text)
  const entries: Entry[] = [
    ...(pasted
      ? [
          { id: 'o-search', label: `Events with this ${pasted.kind}`, note: pasted.query, go: () => go('/search', { q: pasted.query }) },
          { id: 'o-alerts', label: `Alerts with this ${pasted.kind}`, note: pasted.query, go: () => go('/alerts', { q: pasted.query }) },
        ]
      : []),
    ...pages.filter((p) => p.title.toLowerCase().includes(wanted)).map((p) => ({ id: p.to, label: p.title, note: 'Page', go: () => go(p.to) })),
    ...(wanted && !pasted
      ? [
          ...files
            .filter((f) => f.path.toLowerCase().includes(wanted))
            .slice(0, 6)
            .map((f) => ({ id: `c-${f.path}`, label: f.path, note: 'Configuration', go: () => go('/configuration', { file: f.path }) })),
          { id: 's-events', label: `Search events for ${text.trim()}`, note: 'Query', go: () => go('/search', { q: text.trim() }) },
          { id: 's-alerts', label: `Search alerts for ${text.trim()}`, note: 'Query', go: () => go('/alerts', { q: text.trim() }) },
          ...fields
            .filter((f) => f.name.includes(wanted))
            .slice(0, 6)
            .map((f) => ({ id: `f-${f.name}`, label: `Events that have ${f.name}`, note: f.type, go: () => go('/search', { q: `${f.name}:*` }) })),
        ]
      : []),
  ]
  const at = Math.min(active, entries.length - 1)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive((at + 1) % entries.length)
    else if (event.key === 'ArrowUp') setActive((at - 1 + entries.length) % entries.length)
    else if (event.key === 'Enter') entries[at]?.go()
    else return
    event.preventDefault()
  }
  return (
    <Modal opened onClose={onClose} withCloseButton={false} padding={0} size={620} yOffset="12vh" centered={false} aria-label="Jump to">
      <input
        className={classes.input}
        value={text}
        onChange={(e) => {
          setText(e.currentTarget.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
        placeholder="A page, an IP address, a domain, a hash, a URL, or words"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={entries[at] ? `palette-${at}` : undefined}
        aria-label="Jump to a page or observable"
        data-autofocus
        spellCheck={false}
      />
      <ul id="palette-list" role="listbox" aria-label="Suggestions" className={classes.list}>
        {entries.map((entry, i) => (
          <li key={entry.id} id={`palette-${i}`} role="option" aria-selected={i === at} onMouseMove={() => setActive(i)} onClick={entry.go} className={classes.entry}>
            <span className="clip">{entry.label}</span>
            <span className={`clip mono ${classes.note}`}>{entry.note}</span>
          </li>
        ))}
      </ul>
    </Modal>
  )
}
