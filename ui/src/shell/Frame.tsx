import { ActionIcon, Menu, Tooltip, useMantineColorScheme } from '@mantine/core'
import { IconActivityHeartbeat, IconAdjustmentsHorizontal, IconBellRinging, IconHelp, IconInfoCircle, IconLogout, IconMoon, IconSearch, IconSettings, IconSun, IconUserCircle, type Icon } from '@tabler/icons-react'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { onSignedOut } from '~/api/client'
import { queryClient } from '~/api/query-client'
import { sessionQuery } from '~/api/queries'
import type { Role } from '~/api/types'
import { useShortcuts } from '~/shared/keyboard'
import { loadPreferences, prefer, preference } from '~/shared/preferences'
import { Logo } from './Logo'
import { refusal, useSession, useSignOut } from './session'
import { TimeRange } from './TimeRange'
import { TimeZone } from './TimeZone'
import classes from './Frame.module.css'

const HelpSheet = lazy(() => import('./HelpSheet').then((m) => ({ default: m.HelpSheet })))
const About = lazy(() => import('./About').then((m) => ({ default: m.About })))
const Palette = lazy(() => import('./Palette').then((m) => ({ default: m.Palette })))

interface PageEntry {
  to: string
  title: string
  /** In the narrow rail; absent: the title is short enough. */
  label?: string
  icon: Icon
  key: string
  /** Others have no use for the page and don't see it in the navigation; absent: everybody does. */
  needs?: Role
}

const all: PageEntry[] = [
  { to: '/alerts', title: 'Alerts', icon: IconBellRinging, key: 'a' },
  { to: '/search', title: 'Search', icon: IconSearch, key: 's' },
  { to: '/operate/health', title: 'Health', icon: IconActivityHeartbeat, key: 'h' },
  { to: '/configuration', title: 'Configuration', label: 'Config', icon: IconAdjustmentsHorizontal, key: 'c', needs: 'analyst' },
  { to: '/administration', title: 'Administration', label: 'Admin', icon: IconSettings, key: 'd' },
]

/** The pages that the signed-in person has a use for. */
export function usePages(): PageEntry[] {
  const role = useSession()?.role
  return all.filter(({ needs }) => !needs || !refusal(role, needs))
}

export function Frame() {
  const [help, setHelp] = useState(false)
  const [palette, setPalette] = useState(false)
  const [about, setAbout] = useState(false)
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const session = useSession()
  const signOut = useSignOut()
  const pages = usePages()
  const path = useRouterState({ select: (s) => s.location.pathname })
  const title = titleOf(path)

  useEffect(() => {
    document.title = `${title} · Metron`
  }, [title])

  // The session ended elsewhere: the guard of the route sends the person to the sign-in page and back again.
  useEffect(
    () =>
      onSignedOut(() => {
        queryClient.setQueryData(sessionQuery.queryKey, null)
        const next = window.location.pathname + window.location.search
        window.location.assign(`/sign-in?next=${encodeURIComponent(next)}`)
      }),
    [],
  )

  useShortcuts({
    '?': () => setHelp(true),
    'mod+k': () => setPalette(true),
    '/': () => document.querySelector<HTMLElement>('[data-query-bar] .cm-content')?.focus(),
  })

  // The account may have been used on another machine since: its theme counts from now on, the rest from the next page.
  useEffect(() => {
    void loadPreferences().then(
      () => {
        const theme = preference('theme')
        if (theme === 'light' || theme === 'dark') setColorScheme(theme)
      },
      // Then what this browser keeps is used; the page reports a server that is away.
      () => undefined,
    )
  }, [setColorScheme])

  const dark = colorScheme !== 'light'
  const turnTheme = () => {
    prefer('theme', dark ? 'light' : 'dark')
    setColorScheme(dark ? 'light' : 'dark')
  }
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#main">
        Skip to content
      </a>
      <nav className={classes.rail} aria-label="Main">
        <Link to={'/alerts' as never} className={classes.logo} aria-label="Metron, to the alerts">
          <Logo size={28} />
        </Link>
        {pages.map(({ to, title: name, label = name, icon: PageIcon }) => (
          <Link key={to} to={to as never} className={classes.page} activeProps={{ 'data-active': true }}>
            <PageIcon size={20} stroke={1.6} aria-hidden />
            <span>{label}</span>
          </Link>
        ))}
        <div className="spacer" />
        <Menu position="right-end" width={210}>
          <Menu.Target>
            <button type="button" className={classes.page} aria-label={`Account of ${session?.name ?? ''}`}>
              <IconUserCircle size={20} stroke={1.6} aria-hidden />
              <span className="clip">{session?.name}</span>
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>
              {session?.name}, {session?.role}
            </Menu.Label>
            <Menu.Item leftSection={<IconInfoCircle size={16} />} onClick={() => setAbout(true)}>
              About Metron
            </Menu.Item>
            <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate()}>
              Sign out
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </nav>
      <header className={classes.bar}>
        <h1 className="clip">{title}</h1>
        <div className="spacer" />
        <button type="button" className={classes.jump} onClick={() => setPalette(true)} aria-keyshortcuts="Control+K">
          <IconSearch size={14} aria-hidden />
          <span>Jump to a page or observable</span>
          <kbd>Ctrl K</kbd>
        </button>
        <TimeRange />
        <TimeZone />
        <Tooltip label={dark ? 'Light theme' : 'Dark theme'}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={dark ? 'Switch to the light theme' : 'Switch to the dark theme'} onClick={turnTheme}>
            {dark ? <IconSun size={18} stroke={1.6} /> : <IconMoon size={18} stroke={1.6} />}
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Keyboard and query help (?)">
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Help" onClick={() => setHelp(true)}>
            <IconHelp size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </header>
      <main id="main" className={classes.main} tabIndex={-1}>
        <Outlet />
      </main>
      <Suspense>
        {help && <HelpSheet onClose={() => setHelp(false)} />}
        {about && <About onClose={() => setAbout(false)} />}
        {palette && <Palette onClose={() => setPalette(false)} />}
      </Suspense>
    </div>
  )
}

function titleOf(path: string): string {
  if (path.startsWith('/alerts/')) return 'Alert'
  return all.find((page) => path.startsWith(page.to))?.title ?? 'Metron'
}

