import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect, retainSearchParams } from '@tanstack/react-router'
import { queryClient } from './api/query-client'
import { alertQuery, fieldsQuery, healthQuery, relatedQuery, sessionQuery } from './api/queries'
import { Frame } from './shell/Frame'
import { Failure, PageLoading } from './shared/states'
import { administrationSearch, configurationSearch, frameSearch, letterSearch, listSearch, type FrameSearch } from './url'

const root = createRootRoute({ component: Outlet })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } => ({
    // Only a path of our own: never an address that somebody put into a link.
    next: typeof search.next === 'string' && /^\/(?![/\\])/.test(search.next) ? search.next : undefined,
  }),
  component: lazyRouteComponent(() => import('./features/signin/SignInPage'), 'SignInPage'),
})

const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  validateSearch: (search: Record<string, unknown>): FrameSearch => frameSearch(search),
  search: { middlewares: [retainSearchParams(['from', 'to', 'tz'])] },
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery)
    if (!session || session.mustChangePassword) throw redirect({ to: '/sign-in', search: { next: location.href } })
    void queryClient.prefetchQuery(fieldsQuery)
    return { session }
  },
  component: Frame,
  errorComponent: ({ error, reset }) => <Failure error={error} retry={reset} />,
})

const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/alerts', search: true } as never)
  },
})

const alerts = createRoute({
  getParentRoute: () => app,
  path: '/alerts',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./features/alerts/AlertsPage'), 'AlertsPage'),
})

const alert = createRoute({
  getParentRoute: () => app,
  path: '/alerts/$id',
  loader: ({ params }) => {
    void queryClient.prefetchQuery(alertQuery(params.id))
    void queryClient.prefetchQuery(relatedQuery(params.id, 'PT30M', 'PT30M'))
  },
  component: lazyRouteComponent(() => import('./features/alert/AlertPage'), 'AlertPage'),
})

const search = createRoute({
  getParentRoute: () => app,
  path: '/search',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./features/search/SearchPage'), 'SearchPage'),
})

const health = createRoute({
  getParentRoute: () => app,
  path: '/operate/health',
  validateSearch: letterSearch,
  loader: () => void queryClient.prefetchQuery(healthQuery),
  component: lazyRouteComponent(() => import('./features/health/HealthPage'), 'HealthPage'),
})

const administration = createRoute({
  getParentRoute: () => app,
  path: '/administration',
  validateSearch: administrationSearch,
  component: lazyRouteComponent(() => import('./features/administration/AdministrationPage'), 'AdministrationPage'),
})

const configuration = createRoute({
  getParentRoute: () => app,
  path: '/configuration',
  validateSearch: configurationSearch,
  component: lazyRouteComponent(() => import('./features/configuration/ConfigurationPage'), 'ConfigurationPage'),
})

export type Router = ReturnType<typeof createConsoleRouter>

export function createConsoleRouter() {
  return createRouter({
    routeTree: root.addChildren([signIn, app.addChildren([home, alerts, alert, search, health, configuration, administration])]),
    defaultPreload: 'intent',
    defaultPendingComponent: PageLoading,
    defaultPendingMs: 300,
    defaultErrorComponent: ({ error, reset }) => <Failure error={error} retry={reset} />,
    scrollRestoration: false,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: Router
  }
}
