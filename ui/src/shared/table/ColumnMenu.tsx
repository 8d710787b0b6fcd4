import { ActionIcon, Checkbox, Popover, TextInput, Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react'
import { useState } from 'react'
import classes from './ColumnMenu.module.css'

/** Which columns a table shows and in which order. */
export function ColumnMenu({ all, shown, onChange, onReset }: { all: readonly { id: string; header: string }[]; shown: readonly string[]; onChange: (shown: string[]) => void; onReset: () => void }) {
  const [wanted, setWanted] = useState('')
  const move = (id: string, by: number) => {
    const next = [...shown]
    const at = next.indexOf(id)
    const to = at + by
    if (to < 0 || to >= next.length) return
    next.splice(at, 1)
    next.splice(to, 0, id)
    onChange(next)
  }
  const headerOf = new Map(all.map((c) => [c.id, c.header]))
  const hidden = all.filter((c) => !shown.includes(c.id) && (c.header + c.id).toLowerCase().includes(wanted.trim().toLowerCase())).slice(0, 40)
  return (
    <Popover position="bottom-end" width={300} trapFocus>
      <Popover.Target>
        <Tooltip label="Columns">
          <ActionIcon variant="subtle" color="gray" aria-label="Choose columns">
            <IconColumns3 size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <div className={classes.menu}>
          <div className={classes.top}>
            <span className="caption">Columns</span>
            <button type="button" onClick={onReset}>
              Reset
            </button>
          </div>
          <ul>
            {shown.map((id, i) => (
              <li key={id}>
                <Checkbox size="xs" label={headerOf.get(id) ?? id} checked onChange={() => onChange(shown.filter((s) => s !== id))} disabled={shown.length === 1} />
                <span className="spacer" />
                <button type="button" aria-label={`Move ${headerOf.get(id) ?? id} left`} disabled={i === 0} onClick={() => move(id, -1)}>
                  <IconArrowUp size={14} />
                </button>
                <button type="button" aria-label={`Move ${headerOf.get(id) ?? id} right`} disabled={i === shown.length - 1} onClick={() => move(id, 1)}>
                  <IconArrowDown size={14} />
                </button>
              </li>
            ))}
          </ul>
          <TextInput size="xs" placeholder="Add a column" aria-label="Find a column to add" value={wanted} onChange={(e) => setWanted(e.currentTarget.value)} mx={12} my={8} />
          <ul>
            {hidden.map(({ id, header }) => (
              <li key={id}>
                <Checkbox size="xs" label={header} checked={false} onChange={() => onChange([...shown, id])} />
              </li>
            ))}
            {hidden.length === 0 && <li className="muted">No other column has that name</li>}
          </ul>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
