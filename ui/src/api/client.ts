import createClient, { type Middleware } from 'openapi-fetch'
import type { paths } from './schema'

/** RFC 9457, as the server sends it. */
export interface Problem {
  title: string
  status: number
  detail?: string
  errors?: unknown[]
}

/** A refused or failed request. `status` 0: the server was not reached. */
export class ApiError extends Error {
  readonly status: number
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.name = 'ApiError'
    this.status = problem.status
    this.problem = problem
  }
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

export function csrfToken(cookies: string): string | undefined {
  const found = cookies.split('; ').find((cookie) => cookie.startsWith('XSRF-TOKEN='))
  return found ? decodeURIComponent(found.slice('XSRF-TOKEN='.length)) : undefined
}

const csrf: Middleware = {
  async onRequest({ request }) {
    if (safeMethods.has(request.method)) return request
    // The cookie comes with the first answer; a tab that never asked for anything has none yet.
    if (!csrfToken(document.cookie)) await fetch('/api/v1/session')
    const token = csrfToken(document.cookie)
    if (token) request.headers.set('X-XSRF-TOKEN', token)
    return request
  },
}

export const http = createClient<paths>({
  baseUrl: '',
  // Looked up on each call: a test or an extension may have replaced it since.
  fetch: (request) => globalThis.fetch(request),
})
http.use(csrf)

/** For an address that ends with a path: its slashes stay slashes, since the server refuses encoded ones. */
export const pathWithSlashes = (address: string, values: Record<string, unknown>): string =>
  address.replace(/\{(\w+)\}/g, (_braces, name: string) => String(values[name]).split('/').map(encodeURIComponent).join('/'))

const signedOut = new Set<() => void>()

/** Called when the server says that nobody is signed in any more. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener)
  return () => signedOut.delete(listener)
}

export function reportSignedOut() {
  for (const listener of signedOut) listener()
}

/** The data of an answer, or an [ApiError] that says what the server said. */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await reach(call)
  if (response.ok) return data as T
  if (response.status === 401 && !response.url.endsWith('/api/v1/session')) reportSignedOut()
  throw new ApiError(problemOf(error, response))
}

/** Like [answer], with the response's headers. */
export async function answerWithHeaders<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<{ data: T; headers: Headers }> {
  const settled = reach(call)
  const data = await answer(settled)
  return { data, headers: (await settled).response.headers }
}

async function reach<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    if (cause instanceof ApiError) throw cause
    throw new ApiError({
      status: 0,
      title: 'Metron is not answering',
      detail: 'The server could not be reached. It may be restarting; the console tries again by itself.',
    })
  }
}

function problemOf(error: unknown, response: Response): Problem {
  if (typeof error === 'object' && error !== null && 'title' in error) return { status: response.status, ...error } as Problem
  return { status: response.status, title: response.statusText || `The server answered ${response.status}` }
}
