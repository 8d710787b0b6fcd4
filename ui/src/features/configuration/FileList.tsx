import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core'
import { IconFilePlus, IconPlus, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, useState } from 'react'
import { visible } from '~/shared/format'
import type { Drafts } from './drafts'
import { grouped, nameInGroup, newKinds, type NewKind } from './files'
import classes from './ConfigurationPage.module.css'

// From so many files on, a field to find one is worth its place.
const many = 12

interface Props {
  paths: readonly string[]
  /** Says which were refused. */
  drafts: Drafts
  dirty: ReadonlySet<string>
  open: string | undefined
  onNew: (kind: NewKind) => void
}

export function FileList({ paths, drafts, dirty, open, onNew }: Props) {
  const [wanted, setWanted] = useState('')
  const groups = grouped(paths, wanted)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a')]
    const at = links.indexOf(document.activeElement as HTMLElement)
    links[event.key === 'ArrowDown' ? Math.min(at + 1, links.length - 1) : Math.max(at - 1, 0)]?.focus()
    event.preventDefault()
  }
  return (
    <nav className={classes.files} aria-label="Files" onKeyDown={onKeyDown}>
      <header>
        <Button size="compact-sm" variant="default" leftSection={<IconFilePlus size={14} />} onClick={() => onNew('triage')}>
          New file
        </Button>
      </header>
      {paths.length > many && <TextInput size="xs" value={wanted} onChange={(e) => setWanted(e.currentTarget.value)} placeholder="Find a file" aria-label="Find a file" leftSection={<IconSearch size={14} />} className={classes.find} />}
      <div className={classes.groups}>
        {groups.map(({ kind, title, paths: of }) => (
          <section key={kind} aria-label={title}>
            <h3>
              <span className="caption">{title}</span>
              <span className="spacer" />
              {kind in newKinds && (
                <Tooltip label={`New ${newKinds[kind as NewKind].one.toLowerCase()}`}>
                  <ActionIcon size={24} variant="subtle" color="gray" aria-label={`New ${newKinds[kind as NewKind].one.toLowerCase()}`} onClick={() => onNew(kind as NewKind)}>
                    <IconPlus size={14} />
                  </ActionIcon>
                </Tooltip>
              )}
            </h3>
            {of.length === 0 ? (
              <p className={classes.none}>{kind === 'sensors' ? 'none of your own' : 'none yet'}</p>
            ) : (
              <ul>
                {of.map((path) => (
                  <li key={path}>
                    <Link
                      to={'/configuration' as never}
                      search={((before: object) => ({ ...before, file: path, line: undefined, tab: undefined })) as never}
                      aria-current={path === open ? 'page' : undefined}
                      title={path}
                    >
                      <span className="clip">{visible(nameInGroup(path), 200)}</span>
                      {drafts.refused(path) && <span className={classes.refusedMark}>refused</span>}
                      {dirty.has(path) && (
                        <span className={classes.dot}>
                          <span className="visually-hidden">, not saved</span>
                        </span>
                      )}
                    </Link>
                  </li>
                ))}
              </ul>
            )}
          </section>
        ))}
        {groups.length === 0 && <p className={classes.none}>No file has “{visible(wanted, 60)}” in its path.</p>}
      </div>
    </nav>
  )
}
