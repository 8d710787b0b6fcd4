import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, http } from '~/api/client'
import { tokensQuery } from '~/api/queries'
import { type Role, roles, type Token } from '~/api/types'
import { Confirm } from '~/shared/Confirm'
import { plural, visible } from '~/shared/format'
import { useNow } from '~/shared/hooks'
import { Empty, Failure, PageLoading } from '~/shared/states'
import { ago, fullTime } from '~/shared/time/format'
import { report } from '../alerts/triage'
import { Secret } from './shared'
import classes from './AdministrationPage.module.css'

const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
  { value: '', label: 'No end' },
]

export function Tokens({ zone }: { zone: string }) {
  const tokens = useQuery(tokensQuery)
  const client = useQueryClient()
  const now = useNow()
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<Token>()
  const [issued, setIssued] = useState<{ name: string; secret: string }>()
  const reload = () => client.invalidateQueries({ queryKey: ['tokens'] })
  const add = useMutation({
    mutationFn: (body: { name: string; role: Role; expires?: string }) => answer(http.POST('/api/v1/tokens', { body })),
    onSuccess: (made, { name }) => {
      setAdding(false)
      setIssued({ name, secret: made.secret })
      return reload()
    },
    onError: report,
  })
  const remove = useMutation({
    mutationFn: (id: string) => answer(http.DELETE('/api/v1/tokens/{id}', { params: { path: { id } } })),
    onSuccess: reload,
    onError: report,
  })
  if (tokens.isPending) return <PageLoading />
  if (tokens.isError) return <Failure error={tokens.error} retry={() => void tokens.refetch()} />
  return (
    <section className="panel" aria-label="API tokens">
      <header>
        <h2>{plural(tokens.data.length, 'token')}</h2>
        <span className="spacer" />
        <Button size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
          Make a token
        </Button>
      </header>
      {tokens.data.length === 0 ? (
        <Empty title="No tokens" compact>
          Collectors and scripts sign in with a token: Authorization: Bearer.
        </Empty>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Role</th>
              <th scope="col">Made by</th>
              <th scope="col">Last used</th>
              <th scope="col">Expires</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {tokens.data.map((token) => {
              const expired = token.expires !== undefined && Date.parse(token.expires) < now
              return (
                <tr key={token.id}>
                  <th scope="row">{visible(token.name, 80)}</th>
                  <td>{token.role}</td>
                  <td>{visible(token.owner, 60)}</td>
                  <td className="num">{token.used ? ago(Date.parse(token.used), now) : <span className="muted">never</span>}</td>
                  <td className="num">{token.expires ? `${fullTime(Date.parse(token.expires), zone).slice(0, 11)}${expired ? ', expired' : ''}` : 'never'}</td>
                  <td>
                    <Button size="compact-sm" variant="subtle" color="gray" aria-label={`Revoke ${token.name}`} onClick={() => setRemoving(token)}>
                      Revoke…
                    </Button>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      {adding && <AddToken busy={add.isPending} onClose={() => setAdding(false)} onAdd={(body) => add.mutate(body)} />}
      {removing && (
        <Confirm title={`Revoke ${removing.name}?`} action="Revoke" onClose={() => setRemoving(undefined)} onConfirm={() => remove.mutate(removing.id)}>
          Whatever uses it stops working at once. This cannot be undone.
        </Confirm>
      )}
      {issued && (
        <Secret title={`Token ${issued.name}`} secret={issued.secret} onClose={() => setIssued(undefined)}>
          It is shown only now.
        </Secret>
      )}
    </section>
  )
}

function AddToken({ busy, onClose, onAdd }: { busy: boolean; onClose: () => void; onAdd: (token: { name: string; role: Role; expires?: string }) => void }) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('analyst')
  const [days, setDays] = useState('90')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim()) onAdd({ name: name.trim(), role, ...(days && { expires: new Date(Date.now() + Number(days) * 86_400_000).toISOString() }) })
  }
  return (
    <Modal opened onClose={onClose} title="Make a token" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit} className={classes.form}>
        <TextInput label="Name" description="What uses it, and where" value={name} onChange={(e) => setName(e.currentTarget.value)} data-autofocus autoComplete="off" />
        <NativeSelect label="Role" value={role} onChange={(e) => setRole(e.currentTarget.value as Role)} data={[...roles]} />
        <NativeSelect label="Good for" value={days} onChange={(e) => setDays(e.currentTarget.value)} data={lifetimes} />
        <Button type="submit" disabled={!name.trim()} loading={busy}>
          Make
        </Button>
      </form>
    </Modal>
  )
}
