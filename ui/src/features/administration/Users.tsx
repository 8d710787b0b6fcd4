import { Button, Menu, Modal, NativeSelect, TextInput } from '@mantine/core'
import { IconDots, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, http } from '~/api/client'
import { usersQuery } from '~/api/queries'
import { type Role, roles, type User } from '~/api/types'
import { Confirm } from '~/shared/Confirm'
import { plural, visible } from '~/shared/format'
import { useNow } from '~/shared/hooks'
import { Failure, PageLoading } from '~/shared/states'
import { ago, fullTime } from '~/shared/time/format'
import { showDone } from '~/shared/undo'
import { useSession } from '~/shell/session'
import { report } from '../alerts/triage'
import { Secret } from './shared'
import classes from './AdministrationPage.module.css'

export function Users({ zone }: { zone: string }) {
  const users = useQuery(usersQuery)
  const session = useSession()
  const client = useQueryClient()
  const now = useNow()
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<User>()
  const [issued, setIssued] = useState<{ name: string; secret: string }>()
  const reload = () => client.invalidateQueries({ queryKey: ['users'] })
  const change = useMutation({
    mutationFn: ({ name, ...body }: { name: string; role?: Role; disabled?: boolean; resetPassword?: boolean }) => answer(http.PATCH('/api/v1/users/{name}', { params: { path: { name } }, body })),
    onSuccess: (changed, { name }) => {
      if (changed.oneTimePassword) setIssued({ name, secret: changed.oneTimePassword })
      return reload()
    },
    onError: report,
  })
  const remove = useMutation({
    mutationFn: (name: string) => answer(http.DELETE('/api/v1/users/{name}', { params: { path: { name } } })),
    onSuccess: (_answer, name) => {
      showDone(`${name} is removed`)
      return reload()
    },
    onError: report,
  })
  const add = useMutation({
    mutationFn: (body: { name: string; role: Role }) => answer(http.POST('/api/v1/users', { body })),
    onSuccess: (made, { name }) => {
      setAdding(false)
      if (made.oneTimePassword) setIssued({ name, secret: made.oneTimePassword })
      return reload()
    },
    onError: report,
  })
  if (users.isPending) return <PageLoading />
  if (users.isError) return <Failure error={users.error} retry={() => void users.refetch()} />
  return (
    <section className="panel" aria-label="Users">
      <header>
        <h2>{plural(users.data.length, 'user')}</h2>
        <span className="spacer" />
        <Button size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
          Add a user
        </Button>
      </header>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Role</th>
            <th scope="col">State</th>
            <th scope="col">Last sign-in</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {users.data.map((user) => {
            const own = user.name === session?.name
            return (
              <tr key={user.name}>
                <th scope="row">
                  {visible(user.name, 60)} {own && <span className="muted">(you)</span>}
                </th>
                <td>
                  <NativeSelect
                    size="xs"
                    w={150}
                    aria-label={`Role of ${user.name}`}
                    value={user.role}
                    disabled={own}
                    title={own ? 'Nobody changes their own role' : undefined}
                    onChange={(e) => change.mutate({ name: user.name, role: e.currentTarget.value as Role })}
                    data={[...roles]}
                  />
                </td>
                <td>{user.disabled ? 'Disabled' : user.mustChangePassword ? 'Must change the password' : 'Active'}</td>
                <td className="num" title={user.signedIn ? fullTime(Date.parse(user.signedIn), zone) : undefined}>
                  {user.signedIn ? ago(Date.parse(user.signedIn), now) : <span className="muted">never</span>}
                </td>
                <td>
                  <Menu position="bottom-end" width={210}>
                    <Menu.Target>
                      <Button size="compact-sm" variant="subtle" color="gray" aria-label={`Actions for ${user.name}`}>
                        <IconDots size={16} />
                      </Button>
                    </Menu.Target>
                    <Menu.Dropdown>
                      <Menu.Item onClick={() => change.mutate({ name: user.name, resetPassword: true })}>New one-time password</Menu.Item>
                      <Menu.Item disabled={own} onClick={() => change.mutate({ name: user.name, disabled: !user.disabled })}>
                        {user.disabled ? 'Enable' : 'Disable'}
                      </Menu.Item>
                      <Menu.Item disabled={own} onClick={() => setRemoving(user)}>
                        Remove…
                      </Menu.Item>
                    </Menu.Dropdown>
                  </Menu>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {adding && <AddUser busy={add.isPending} onClose={() => setAdding(false)} onAdd={(body) => add.mutate(body)} />}
      {removing && (
        <Confirm title={`Remove ${removing.name}?`} action="Remove" onClose={() => setRemoving(undefined)} onConfirm={() => remove.mutate(removing.name)}>
          The user can no longer sign in and their tokens stop working. What they did stays in the audit log. This cannot be undone.
        </Confirm>
      )}
      {issued && (
        <Secret title={`Password of ${issued.name}`} secret={issued.secret} onClose={() => setIssued(undefined)}>
          Give it to them by a safe way. It is shown only now and must be changed at the first sign-in.
        </Secret>
      )}
    </section>
  )
}

function AddUser({ busy, onClose, onAdd }: { busy: boolean; onClose: () => void; onAdd: (user: { name: string; role: Role }) => void }) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('analyst')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim()) onAdd({ name: name.trim(), role })
  }
  return (
    <Modal opened onClose={onClose} title="Add a user" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit} className={classes.form}>
        <TextInput label="User name" value={name} onChange={(e) => setName(e.currentTarget.value)} data-autofocus autoComplete="off" />
        <NativeSelect label="Role" value={role} onChange={(e) => setRole(e.currentTarget.value as Role)} data={[...roles]} />
        <Button type="submit" disabled={!name.trim()} loading={busy}>
          Add
        </Button>
      </form>
    </Modal>
  )
}
