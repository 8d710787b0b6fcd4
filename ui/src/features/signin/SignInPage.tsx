import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { answer, ApiError, http } from '~/api/client'
import { sessionQuery } from '~/api/queries'
import { loadPreferences } from '~/shared/preferences'
import { Logo } from '~/shell/Logo'
import classes from './SignInPage.module.css'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const session = useQuery(sessionQuery)
  return (
    <main className={classes.page}>
      <div className={classes.scale} aria-hidden />
      <div className={classes.box}>
        <div className={classes.brand}>
          <Logo size={34} />
          <h1>Metron</h1>
        </div>
        {session.data?.mustChangePassword ? <NewPassword name={session.data.name} /> : <SignIn />}
      </div>
    </main>
  )
}

function useEnter() {
  const { next } = route.useSearch()
  const router = useRouter()
  return () => {
    if (next) router.history.push(next)
    else void router.navigate({ to: '/' as never })
  }
}

function SignIn() {
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const client = useQueryClient()
  const enter = useEnter()
  const signIn = useMutation({
    mutationFn: () => answer(http.POST('/api/v1/session', { body: { username, password } })),
    onSuccess: async (session) => {
      // What another person has seen goes; the session itself stays watched by this page.
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
      client.setQueryData(sessionQuery.queryKey, session)
      if (session.mustChangePassword) return
      // Before the first page, which shows its columns and times as they are chosen; without them it has its own.
      await loadPreferences().catch(() => undefined)
      enter()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate()
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <TextInput label="User name" size="sm" value={username} onChange={(e) => setUsername(e.currentTarget.value)} autoComplete="username" autoFocus required withAsterisk={false} />
      <PasswordInput label="Password" size="sm" value={password} onChange={(e) => setPassword(e.currentTarget.value)} autoComplete="current-password" required withAsterisk={false} />
      <div className={classes.problem} role="alert">
        {signIn.error && explain(signIn.error)}
      </div>
      <Button type="submit" size="sm" fullWidth loading={signIn.isPending}>
        Sign in
      </Button>
      <p className="muted">The first start of Metron prints the administrator’s password once, on its console.</p>
    </form>
  )
}

function NewPassword({ name }: { name: string }) {
  const [current, setCurrent] = useState('')
  const [replacement, setReplacement] = useState('')
  const [again, setAgain] = useState('')
  const client = useQueryClient()
  const enter = useEnter()
  const change = useMutation({
    mutationFn: () => answer(http.PUT('/api/v1/session/password', { body: { current, replacement } })),
    onSuccess: async () => {
      await client.fetchQuery({ ...sessionQuery, staleTime: 0 })
      enter()
    },
  })
  const differs = again !== '' && again !== replacement
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (again === replacement) change.mutate()
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <p>
        Welcome, <strong>{name}</strong>. Choose a password of your own before you go on.
      </p>
      <input type="hidden" name="username" autoComplete="username" value={name} readOnly />
      <PasswordInput label="Current password" size="sm" value={current} onChange={(e) => setCurrent(e.currentTarget.value)} autoComplete="current-password" autoFocus required withAsterisk={false} />
      <PasswordInput label="New password" description="At least 12 characters" size="sm" minLength={12} value={replacement} onChange={(e) => setReplacement(e.currentTarget.value)} autoComplete="new-password" required withAsterisk={false} />
      <PasswordInput label="New password again" size="sm" value={again} onChange={(e) => setAgain(e.currentTarget.value)} autoComplete="new-password" required withAsterisk={false} error={differs ? 'The two are not the same' : undefined} />
      <div className={classes.problem} role="alert">
        {change.error && explain(change.error)}
      </div>
      <Button type="submit" size="sm" fullWidth loading={change.isPending}>
        Change password
      </Button>
    </form>
  )
}

function explain(error: Error): string {
  if (!(error instanceof ApiError)) return error.message
  if (error.status === 401) return error.problem.detail ?? 'User name or password is wrong.'
  if (error.status === 429) return error.problem.detail ?? 'Too many tries. Wait a minute, then try again.'
  return error.problem.detail ?? error.problem.title
}
