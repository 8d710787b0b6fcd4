import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { nameFault, newKinds, type NewKind, newPath } from './files'
import classes from './ConfigurationPage.module.css'

interface Props {
  kind: NewKind
  existing: readonly string[]
  onMake: (kind: NewKind, path: string) => void
  onClose: () => void
}

/** Asks what for and under which name; the text is written in the editor, and nothing is there before it is saved. */
export function NewFile({ kind: first, existing, onMake, onClose }: Props) {
  const [kind, setKind] = useState(first)
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const fault = nameFault(kind, name, existing)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!fault) onMake(kind, newPath(kind, name))
  }
  return (
    <Modal opened onClose={onClose} title="New file" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit} className={classes.form}>
        <NativeSelect label="Kind" description={newKinds[kind].about} value={kind} onChange={(e) => setKind(e.currentTarget.value as NewKind)} data={Object.entries(newKinds).map(([value, { one }]) => ({ value, label: one }))} />
        <TextInput
          label="Name"
          description={name.trim() && !fault ? newPath(kind, name) : `In the folder ${kind}/`}
          value={name}
          onChange={(e) => setName(e.currentTarget.value)}
          error={(tried || name !== '') && fault}
          placeholder={kind === 'sensors' ? 'gateway' : kind === 'triage' ? 'web' : 'proxy'}
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          classNames={{ input: classes.monoInput }}
        />
        <p className="muted">It begins with a short example that can be used as it is, and is written to Metron when you save it.</p>
        <Button type="submit">Make it</Button>
      </form>
    </Modal>
  )
}
