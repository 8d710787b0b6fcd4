// The API of server/openapi.json with made-up data, for the browser tests and for work on the console without a server.
// Serves the built console too, under the same Content-Security-Policy as the real one. PORT chooses the port.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { alertEvery, alertTotal, chance, contributionsOf, eventEvery, eventTotal, fields, makeAlert, makeEvent } from './data.mjs'
import { makeConfiguration } from './configuration.mjs'
import { compile, QueryFault } from './query.mjs'

const port = Number(process.env.PORT ?? 8090)
const dist = fileURLToPath(new URL('../../dist/', import.meta.url))
const start = Math.floor(Date.now() / 60_000) * 60_000
const known = new Set(fields.map((f) => f.name))
const csp =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

let settings, states, comments, histories, fresh, deadLetters, sessions, users, tokens, audit, configuration
function reset() {
  configuration = makeConfiguration(start)
  settings = new Map()
  states = new Map()
  comments = new Map()
  histories = new Map()
  fresh = []
  sessions = new Map()
  users = [
    { name: 'admin', role: 'administrator', mustChangePassword: false, signedIn: new Date(start).toISOString() },
    { name: 'mara.lind', role: 'analyst', mustChangePassword: false, signedIn: new Date(start - 7_200_000).toISOString() },
    { name: 'ivo.engel', role: 'engineer', mustChangePassword: false },
    { name: 'viewer', role: 'viewer', mustChangePassword: false },
    { name: 'newcomer', role: 'analyst', mustChangePassword: true },
  ].map((u) => ({ disabled: false, created: new Date(start - 9e9).toISOString(), changed: new Date(start - 9e8).toISOString(), ...u }))
  tokens = [{ id: 't-1', name: 'Filebeat on srv-file-02', role: 'analyst', created: new Date(start - 9e8).toISOString(), used: new Date(start - 4000).toISOString(), owner: 'admin' }]
  audit = Array.from({ length: 240 }, (_, i) => ({ number: 240 - i, from: '127.0.0.1', at: new Date(start - i * 913_000).toISOString(), who: ['admin', 'mara.lind', 'viewer'][i % 3], action: ['session.create', 'alert.status', 'alert.comment', 'user.update'][i % 4], target: `a-0${1_000_100 + i}`, detail: 'new to open' }))
  deadLetters = Array.from({ length: 42 }, (_, i) => ({
    id: `d-${i}`,
    sensor: ['asa', 'suricata', 'squid'][i % 3],
    stage: ['parse', 'parse', 'enrich'][i % 3],
    reason: ['month "Foo" is not a month, expected Jan to Dec', 'JSON ends at column 84, expected }', 'bytes is "-", expected a number'][i % 3],
    at: new Date(start - i * 47_000).toISOString(),
    origin: `raw.${['asa', 'suricata', 'squid'][i % 3]}/0/${9000 + i}`,
    text: ['Foo 24 06:45:31 fw1 %ASA-4-106023: Deny tcp src outside:198.51.100.24/4431 dst inside:10.0.0.9/22', '{"timestamp":"2026-11-24T06:45:31Z","event_type":"alert","src_ip":"10.0.0.4"', '1732430731.123 45 10.0.0.4 TCP_MISS/200 - GET http://www.example.com/ - DIRECT/-'][i % 3],
    base64: '',
  }))
  for (const d of deadLetters) d.base64 = Buffer.from(d.text).toString('base64')
}
reset()

const alertById = (id) => {
  const made = fresh.find((e) => e['event.id'] === id)
  if (made) return made
  const m = /^a-(\d+)$/.exec(id)
  const i = m ? Number(m[1]) - 1_000_000 : -1
  return i >= 0 && i < alertTotal ? makeAlert(i, start, states) : undefined
}
const stateOf = (event) => ({ version: event['alert.version'], status: event['alert.status'], assignee: event['alert.assignee'] ?? '' })

const units = { s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 }
function instant(text, fallback) {
  if (!text) return fallback
  const m = /^now(?:([+-])(\d+)([smhdw]))?$/.exec(text)
  if (m) return Date.now() + (m[1] ? (m[1] === '-' ? -1 : 1) * Number(m[2]) * units[m[3]] : 0)
  return Date.parse(text)
}

const sampleSize = 3000
function search(index, body) {
  const began = performance.now()
  const predicate = compile(body.query ?? '', known)
  const alerts = index === 'alerts'
  const every = alerts ? alertEvery : eventEvery
  const make = alerts ? (i) => (i < 0 ? fresh[-1 - i] : makeAlert(i, start, states)) : (i) => makeEvent(i, start)
  const from = instant(body.from, 0)
  const to = instant(body.to, Date.now())
  const newFirst = body.sort ? body.sort.descending : true
  const lowest = alerts ? -fresh.filter((e) => Date.parse(e['@timestamp']) < to && Date.parse(e['@timestamp']) >= from).length : 0
  const first = Math.max(lowest, Math.ceil((start - to) / every))
  const firstIndex = lowest < 0 && to >= start ? lowest : Math.max(0, first)
  const end = Math.min(alerts ? alertTotal : eventTotal, Math.floor((start - from) / every))
  const span = Math.max(0, end - firstIndex)
  const stride = Math.max(1, Math.floor(span / sampleSize))
  const facets = Object.fromEntries((body.facets ?? []).map((f) => [f.field, new Map()]))
  const interval = [1e3, 5e3, 1e4, 3e4, 6e4, 3e5, 6e5, 18e5, 36e5, 108e5, 432e5, 864e5].find((s) => (to - Math.max(from, start - 30 * 864e5)) / s <= 110) ?? 864e5
  const buckets = new Map()
  const splits = new Map()
  let matched = 0
  let looked = 0
  const counting = body.facets?.length || body.histogram || predicate
  if (counting) {
    for (let i = firstIndex; i < end; i += stride) {
      looked++
      const event = make(i)
      if (predicate && !predicate(event)) continue
      matched++
      const bucket = Math.floor(Date.parse(event['@timestamp']) / interval) * interval
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1)
      const by = body.histogram?.splitBy && event[body.histogram.splitBy]
      if (by !== undefined && by !== '') {
        const split = splits.get(bucket) ?? {}
        split[by] = (split[by] ?? 0) + stride
        splits.set(bucket, split)
      }
      for (const field in facets) for (const v of [event[field]].flat()) if (v !== undefined) facets[field].set(String(v), (facets[field].get(String(v)) ?? 0) + 1)
    }
  }
  const total = predicate ? (stride === 1 ? matched : Math.round((matched / Math.max(1, looked)) * span)) : span
  const scale = (n) => n * stride
  const hits = []
  let next
  const size = body.size ?? 50
  if (size > 0 && body.sort && body.sort.field !== '@timestamp') {
    // Other orders are true among the newest few thousand: enough to see that the table asks for them.
    const all = []
    for (let i = firstIndex; i < Math.min(end, firstIndex + 4000); i++) {
      const e = make(i)
      if (!predicate || predicate(e)) all.push(e)
    }
    const key = (e) => e[body.sort.field] ?? ''
    all.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) * (newFirst ? -1 : 1))
    const offset = body.cursor ? Number(body.cursor) : 0
    hits.push(...all.slice(offset, offset + size))
    if (offset + size < all.length) next = String(offset + size)
  } else if (size > 0) {
    let i = body.cursor !== undefined ? Number(body.cursor) : newFirst ? firstIndex : end - 1
    for (let looks = 0; hits.length < size && looks < 60_000; looks++, i += newFirst ? 1 : -1) {
      if (i >= end || i < firstIndex) break
      const event = make(i)
      if (!predicate || predicate(event)) hits.push(event)
    }
    if (i < end && i >= firstIndex) next = String(i)
  }
  return {
    total,
    hits: hits.map((event) => ({ event, highlights: {} })),
    ...(next !== undefined && { next }),
    facets: Object.fromEntries(Object.entries(facets).map(([f, m]) => [f, [...m].map(([value, n]) => ({ value, count: scale(n) })).sort((a, b) => b.count - a.count).slice(0, body.facets.find((x) => x.field === f).size ?? 10)])),
    ...(body.histogram && { histogram: { interval: `PT${interval / 1000}S`, buckets: [...buckets].sort((a, b) => a[0] - b[0]).map(([t, n]) => ({ start: new Date(t).toISOString(), count: scale(n), split: splits.get(t) ?? {} })) } }),
    statistics: {},
    tookMillis: Math.round(performance.now() - began),
  }
}

function change(id, version, edit, who) {
  const event = alertById(id)
  if (!event) return { status: 404, title: 'There is no such alert', detail: `No alert has the id ${id}.` }
  const state = stateOf(event)
  if (version !== undefined && version !== state.version) {
    return { status: 412, title: 'Somebody else changed this alert', detail: `The alert is at version ${state.version}, the change was made on ${version}: load it again and repeat the change.`, expected: version, found: state.version }
  }
  const next = { ...state, version: state.version + 1 }
  const history = histories.get(id) ?? [{ at: new Date(Date.parse(event['@timestamp']) + 740).toISOString(), who: 'metron', what: 'status', to: 'new' }]
  for (const what of ['status', 'assignee']) {
    if (edit[what] === undefined) continue
    history.push({ at: new Date().toISOString(), who, what, from: state[what], to: edit[what] })
    next[what] = edit[what]
  }
  if (edit.comment) {
    comments.set(id, [...(comments.get(id) ?? []), { id: `c-${(comments.get(id)?.length ?? 0) + 1}`, author: who, at: new Date().toISOString(), text: edit.comment }])
    history.push({ at: new Date().toISOString(), who, what: 'comment', to: edit.comment })
  }
  histories.set(id, history)
  states.set(id, next)
  if (fresh.includes(event)) Object.assign(event, { 'alert.status': next.status, 'alert.version': next.version, 'alert.assignee': next.assignee })
  return { id, version: next.version }
}

function view(id) {
  const event = alertById(id)
  if (!event) return undefined
  const state = stateOf(event)
  return { event, ...state, assignee: state.assignee || undefined, comments: comments.get(id) ?? [], history: histories.get(id) ?? [{ at: event['event.ingested'], who: 'metron', what: 'status', to: 'new' }], contributions: contributionsOf(event) }
}

function related(id) {
  const event = alertById(id)
  const at = Math.round((start - Date.parse(event['@timestamp'])) / eventEvery)
  const group = (kind, key, field, n, salt) => {
    const events = Array.from({ length: n }, (_, k) => {
      const e = { ...makeEvent(Math.max(0, at + Math.round((chance(k, salt) - 0.6) * 2400)), start), [field]: key }
      if (kind === 'flow') Object.assign(e, { 'source.ip': event['source.ip'], 'destination.ip': event['destination.ip'] })
      return e
    }).sort((a, b) => (a['@timestamp'] < b['@timestamp'] ? -1 : 1))
    return { kind, key, query: `${field}:"${key}"`, total: n * (kind === 'flow' ? 1 : 7), events }
  }
  return { groups: [group('flow', event['network.community_id'], 'network.community_id', 6, 1), group('host', event['host.name'], 'host.name', 24, 2), group('user', event['user.name'], 'user.name', 15, 3)] }
}

const health = () => ({
  status: 'degraded',
  parts: [
    { name: 'log', status: 'ok' },
    { name: 'stream', status: 'ok' },
    { name: 'event index', status: 'ok' },
    { name: 'alert index', status: 'ok' },
    { name: 'geolocation', status: 'degraded', reason: 'The database is 94 days old. Put a newer one into conf/geo.' },
    configuration.part(),
    { name: 'database', status: 'ok' },
  ],
  sensors: ['zeek', 'suricata', 'squid', 'asa', 'syslog'].map((name, i) => ({ name, eventsPerSecond: [412.5, 38.2, 96, 210.7, 0][i], lag: [12, 0, 3, 15_400, 0][i], received: [2_400_120, 220_014, 801_900, 1_577_800, 12][i], indexed: [2_400_108, 219_986, 801_879, 1_562_364, 12][i], filtered: [0, 0, 4, 0, 0][i], deadLetters: [0, 28, 14, 36, 0][i], ...(i < 4 ? { lastEvent: new Date(Date.now() - [400, 2200, 900, 1500][i]).toISOString() } : { lastEvent: new Date(start - 5 * 36e5).toISOString() }) })),
  ledger: { received: 4_999_846, indexed: 4_984_349, filtered: 4, deadLetters: 78, waiting: 15_415, difference: 0 },
  store: { documents: 5_000_000, bytes: 2_469_606_195, partitions: 30, newestEvent: new Date(Date.now() - 700).toISOString() },
  uptimeSeconds: 93_784,
  version: '1.0.0-SNAPSHOT',
})

const streams = new Set()
const tell = (text) => {
  for (const stream of streams) stream.write(text)
}
setInterval(() => tell(': heartbeat\n\n'), 15_000).unref()
function emit(n) {
  for (let k = 0; k < n; k++) {
    const event = { ...makeAlert(k, start, new Map()), 'event.id': `n-${fresh.length + 1}`, '@timestamp': new Date().toISOString(), 'alert.status': 'new', 'alert.version': 1 }
    fresh.push(event)
    send({ id: event['event.id'], version: 1, event })
  }
}
const send = (message) => tell(`event: alert\ndata: ${JSON.stringify(message)}\n\n`)

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.woff': 'font/woff' }

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost')
  const path = decodeURIComponent(url.pathname)
  const json = (status, body, headers = {}) => {
    response.writeHead(status, { 'content-type': status >= 400 ? 'application/problem+json' : 'application/json', ...headers })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  }
  const problem = (status, title, detail, more) => json(status, { type: 'about:blank', title, status, detail, ...more })
  try {
    if (path.startsWith('/fake/')) {
      if (path === '/fake/reset') reset()
      if (path === '/fake/emit') emit(Number(url.searchParams.get('count') ?? 1))
      // Somebody else changes an alert.
      if (path === '/fake/change') {
        const made = change(url.searchParams.get('id'), undefined, { status: url.searchParams.get('status') }, 'tom.ekberg')
        if (url.searchParams.get('quiet') === null) send({ id: made.id, version: made.version, event: alertById(made.id) })
      }
      // Somebody else writes a file, or removes it.
      if (path === '/fake/config') configuration.write(url.searchParams.get('path'), url.searchParams.get('text') ?? undefined, 'tom.ekberg', url.searchParams.get('message') ?? 'Change it by hand')
      return json(200, {})
    }
    if (!path.startsWith('/api/')) {
      let file = join(dist, normalize(path))
      if (!existsSync(file) || !statSync(file).isFile()) file = join(dist, 'index.html')
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-security-policy': csp, 'x-content-type-options': 'nosniff' })
      return createReadStream(file).pipe(response)
    }
    let body = ''
    for await (const chunk of request) body += chunk
    const data = body ? JSON.parse(body) : {}
    const cookies = Object.fromEntries((request.headers.cookie ?? '').split('; ').filter(Boolean).map((c) => c.split('=')))
    if (!cookies['XSRF-TOKEN']) response.setHeader('set-cookie', 'XSRF-TOKEN=fake-csrf; Path=/; SameSite=Strict')
    if (!['GET', 'HEAD'].includes(request.method) && request.headers['x-xsrf-token'] !== 'fake-csrf') return problem(403, 'The CSRF token is missing', 'Load the page again.')
    const route = `${request.method} ${path.replace('/api/v1', '')}`
    const session = sessions.get(cookies.METRON_SESSION)

    if (route === 'POST /session') {
      const user = users.find((u) => u.name === data.username)
      if (!user || data.password !== 'correct horse battery') return problem(401, 'Not signed in', 'User name or password is wrong.')
      const key = `s-${sessions.size + 1}-${start}`
      sessions.set(key, user)
      return json(200, { name: user.name, role: user.role, mustChangePassword: user.mustChangePassword }, { 'set-cookie': [`METRON_SESSION=${key}; Path=/; HttpOnly; SameSite=Strict`, 'XSRF-TOKEN=fake-csrf; Path=/; SameSite=Strict'] })
    }
    if (!session) return problem(401, 'Not signed in', 'Sign in to go on.')
    const may = (...roles) => roles.includes(session.role)
    if (route === 'GET /session') return json(200, { name: session.name, role: session.role, mustChangePassword: session.mustChangePassword })
    if (route === 'DELETE /session') {
      sessions.delete(cookies.METRON_SESSION)
      return json(204)
    }
    if (route === 'PUT /session/password') {
      if (data.current !== 'correct horse battery') return problem(403, 'The current password is wrong', 'The current password is wrong.')
      session.mustChangePassword = false
      return json(200, { name: session.name, role: session.role, mustChangePassword: false })
    }
    if (route === 'POST /alerts/search') return json(200, search('alerts', data))
    if (route === 'POST /events/search') return json(200, search('events', data))
    if (route === 'POST /query/check') {
      try {
        compile(data.query ?? '', known)
        return json(200, { valid: true })
      } catch (e) {
        if (e instanceof QueryFault) return json(200, { valid: false, error: e.fault })
        throw e
      }
    }
    if (route === 'GET /fields') return json(200, fields.filter((f) => f.name.startsWith(url.searchParams.get('prefix') ?? '')))
    let m
    if ((m = /^GET \/fields\/(.+)\/values$/.exec(route))) {
      const index = url.searchParams.get('index') ?? 'events'
      const found = search(index, { from: 'now-7d', facets: [{ field: m[1], size: 200 }], size: 0 }).facets[m[1]]
      const prefix = (url.searchParams.get('prefix') ?? '').toLowerCase()
      return json(200, found.filter((v) => v.value.toLowerCase().startsWith(prefix)).slice(0, Number(url.searchParams.get('size') ?? 20)))
    }
    if (route === 'GET /events/export') {
      const found = search('events', { query: url.searchParams.get('query') ?? '', from: url.searchParams.get('from'), to: url.searchParams.get('to'), size: 500 }).hits.map((h) => h.event)
      const csv = url.searchParams.get('format') === 'csv'
      const names = url.searchParams.get('fields')?.split(',') ?? ['@timestamp', 'source.ip', 'destination.ip']
      response.writeHead(200, { 'content-type': csv ? 'text/csv' : 'application/x-ndjson', 'content-disposition': `attachment; filename="events.${csv ? 'csv' : 'ndjson'}"` })
      return response.end(csv ? [names.join(','), ...found.map((e) => names.map((n) => JSON.stringify(e[n] ?? '')).join(','))].join('\r\n') : found.map((e) => JSON.stringify(e)).join('\n'))
    }
    if ((m = /^GET \/events\/(e-(\d+))$/.exec(route))) return json(200, { event: makeEvent(Number(m[2]) - 10_000_000, start) })
    if (route === 'GET /alerts/stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
      response.write(': hello\n\n')
      streams.add(response)
      return request.on('close', () => streams.delete(response))
    }
    if (route === 'POST /alerts/bulk') {
      if (!may('analyst', 'engineer', 'administrator')) return problem(403, 'Your role may not do this', 'Changing alerts needs the role analyst.')
      const changed = []
      const failed = []
      for (const { id, version } of data.ids) {
        const made = change(id, version, data, session.name)
        if (made.title) failed.push({ id, problem: made })
        else changed.push(made)
      }
      return json(200, { changed, failed })
    }
    if ((m = /^GET \/alerts\/([^/]+)\/related$/.exec(route))) return alertById(m[1]) ? json(200, related(m[1])) : problem(404, 'There is no such alert', m[1])
    if ((m = /^GET \/alerts\/([^/]+)$/.exec(route))) {
      const found = view(m[1])
      return found ? json(200, found, { etag: `"${found.version}"` }) : problem(404, 'There is no such alert', `No alert has the id ${m[1]}. It may have been removed by retention.`)
    }
    if ((m = /^PATCH \/alerts\/([^/]+)$/.exec(route))) {
      const match = request.headers['if-match']
      if (!match) return problem(428, 'If-Match is missing')
      const made = change(m[1], Number(match.replaceAll('"', '')), data, session.name)
      if (made.title) return problem(made.status, made.title, made.detail, made)
      return json(200, view(m[1]), { etag: `"${made.version}"` })
    }
    if ((m = /^POST \/alerts\/([^/]+)\/comments$/.exec(route))) {
      change(m[1], undefined, { comment: data.text }, session.name)
      return json(200, view(m[1]))
    }
    if ((m = /^DELETE \/alerts\/([^/]+)\/comments\/([^/]+)$/.exec(route))) {
      comments.set(m[1], (comments.get(m[1]) ?? []).filter((c) => c.id !== m[2]))
      return json(204)
    }
    const own = settings.get(session.name) ?? {}
    if (route === 'GET /settings') return json(200, own)
    if (route.startsWith('PUT /settings/')) {
      settings.set(session.name, { ...own, [route.slice(14)]: data.value })
      return json(204)
    }
    if (route.startsWith('DELETE /settings/')) {
      const { [route.slice(17)]: gone, ...rest } = own
      settings.set(session.name, rest)
      return gone === undefined ? problem(404, 'There is no such setting', 'You have none of that name.') : json(204)
    }
    if (route === 'GET /assignees') return json(200, users.filter((u) => u.role !== 'viewer').map((u) => u.name))
    if (route === 'GET /health') return json(200, health())
    if (route === 'GET /sensors') return json(200, ['zeek', 'suricata', 'snort', 'squid', 'asa', 'cef', 'syslog', 'json', 'csv', 'grok'].map((name) => ({ name, aliases: [], vendor: '', product: name, description: '', formats: [] })))
    if ((m = /^POST \/sensors\/([^/]+)\/preview$/.exec(route))) {
      if (!may('analyst', 'engineer', 'administrator')) return problem(403, 'Your role does not allow this', `this needs the role analyst, yours is ${session.role}`)
      return json(200, data.lines.map((line, i) => (/Foo/.test(line) ? { line, events: [], rejected: { stage: 'parse', reason: 'month "Foo" is not a month, expected Jan to Dec' } } : { line, events: [makeEvent(4 + i, start)] })))
    }
    if (/^[A-Z]+ \/config\//.test(route)) {
      if (!may('engineer', 'administrator')) return problem(403, 'Your role does not allow this', `this needs the role engineer, yours is ${session.role}: an administrator can change that`)
      const made = configuration.answer(route, url, request.headers, data, session.name)
      if (made) return made.status >= 400 ? problem(made.status, made.title, made.detail, made.errors && { errors: made.errors }) : json(made.status, made.body, made.headers)
    }
    if (route === 'GET /dead-letters') {
      const sensor = url.searchParams.get('sensor')
      const found = deadLetters.filter((d) => (!sensor || d.sensor === sensor) && (!url.searchParams.get('stage') || d.stage === url.searchParams.get('stage')))
      return json(200, { items: found.slice(0, 100), total: found.length })
    }
    if ((m = /^POST \/dead-letters\/([^/]+)\/(try|replay)$/.exec(route))) {
      const letter = deadLetters.find((d) => d.id === m[1])
      const text = data.text ?? letter.text
      const bad = /^Foo/.test(text) || (text.startsWith('{') && !text.endsWith('}')) || / - GET/.test(text)
      if (m[2] === 'replay') {
        deadLetters = deadLetters.filter((d) => d.id !== m[1])
        return json(200, { origin: 'raw.asa/0/9999' })
      }
      return json(200, bad ? { line: 1, events: [], rejected: { stage: letter.stage, reason: letter.reason } } : { line: 1, events: [makeEvent(4, start)] })
    }
    if (/^[A-Z]+ \/(users|tokens|audit)/.test(route) && !may('administrator')) return problem(403, 'Your role may not see this', `This needs the role administrator; yours is ${session.role}.`)
    if (route === 'GET /users') return json(200, users)
    if (route === 'POST /users') {
      if (users.some((u) => u.name === data.name)) return problem(409, 'That name is taken', `There is a user ${data.name} already.`)
      users.push({ name: data.name, role: data.role, mustChangePassword: true, disabled: false, created: new Date().toISOString(), changed: new Date().toISOString() })
      return json(201, { user: users.at(-1), oneTimePassword: 'random-Once-4711' })
    }
    if ((m = /^(PATCH|DELETE) \/users\/(.+)$/.exec(route))) {
      const user = users.find((u) => u.name === m[2])
      if (m[1] === 'DELETE') users = users.filter((u) => u !== user)
      else Object.assign(user, data)
      return m[1] === 'DELETE' ? json(204) : json(200, { user, ...(data.resetPassword && { oneTimePassword: 'random-Once-4712' }) })
    }
    if (route === 'GET /tokens') return json(200, tokens)
    if (route === 'POST /tokens') {
      tokens.push({ id: `t-${tokens.length + 1}`, name: data.name, role: data.role, created: new Date().toISOString(), expires: data.expires, owner: session.name })
      return json(201, { token: tokens.at(-1), secret: 'mtr_7f3a0c9e51d24b8a' })
    }
    if ((m = /^DELETE \/tokens\/(.+)$/.exec(route))) {
      tokens = tokens.filter((t) => t.id !== m[1])
      return json(204)
    }
    if (route === 'GET /audit') {
      const offset = Number(url.searchParams.get('cursor') ?? 0)
      return json(200, { items: audit.slice(offset, offset + 100), ...(offset + 100 < audit.length && { next: String(offset + 100) }) })
    }
    problem(404, 'There is no such address', route)
  } catch (error) {
    if (error instanceof QueryFault) return problem(400, 'The query cannot be read', error.message, { errors: [error.fault] })
    console.error(error)
    problem(500, 'The fake server has a bug', String(error))
  }
}).listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port} (admin / correct horse battery)`))
