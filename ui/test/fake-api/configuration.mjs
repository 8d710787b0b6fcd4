// Files below conf/ with a history, as the server keeps them, and a few of the faults that it finds.
import { createHash } from 'node:crypto'

const settings = `# The settings of this Metron. The console's Configuration page edits the same file; every change is kept in git.
console:
  address: 127.0.0.1        # another address needs tls
  port: 8080

retention:
  size: 50GiB               # of the event index; the oldest days go first
  alerts: 365d              # resolved and dismissed ones

sources:
  http:
    address: 127.0.0.1
    port: 8081
    token: true
    maxBody: 64MiB
  syslogUdp:
    - address: 127.0.0.1    # 0.0.0.0 to take records from other machines
      port: 5514
      sensor: syslog
      routes:
        - {contains: "%ASA-", sensor: asa}
        - {contains: "CEF:", sensor: cef}

detection:
  aggregator: max           # of the contributions: max, mean, sum, min, positive-mean
`

const web = `# What our proxy and IDS see of the web.
sensors: [squid, suricata]     # without it: every sensor
applies: events                # a rule that is true makes an alert
rules:
  - name: Long host name
    comment: Tunnels hide data in names.
    rule: LENGTH(url.domain) > 60 and not(ENDS_WITH(url.domain, '.example.com'))
    reason: The host name \${url.domain} has \${LENGTH(url.domain)} characters
    score: 40
  - name: Download from an address
    rule: IS_IP(url.domain) and ENDS_WITH(TO_LOWER(url.path), '.exe')
    reason: A program is fetched from \${url.domain}, which has no name
    score: "if IN_SUBNET(url.domain, '10.0.0.0/8') then 20 else 75"
tests:
  - event: {url.domain: 198.51.100.7, url.path: /Setup.EXE}
    fires: [Download from an address]
    score: 75
`

const proxy = `sensors: [squid]
transformations:
  - stellar:
      url_host: URL_TO_HOST(url.original)
      url.registered_domain: DOMAIN_REMOVE_SUBDOMAINS(url_host)
    temporary: [url_host]
`

const id = (text) => createHash('sha1').update(text).digest('hex')

export function makeConfiguration(start) {
  let files = new Map()
  const revisions = []
  const write = (path, text, author, message, at = Date.now()) => {
    const next = new Map(files)
    if (text === undefined) next.delete(path)
    else next.set(path, text)
    return commit(next, author, message, at)
  }
  const commit = (next, author, message, at = Date.now()) => {
    const paths = [...new Set([...files.keys(), ...next.keys()])].filter((p) => files.get(p) !== next.get(p)).sort()
    revisions.unshift({ id: id(`${revisions.length} ${message} ${at}`), author, at: new Date(at).toISOString(), message, paths, before: files, files: next })
    files = next
    return revisions[0]
  }
  commit(new Map([['metron.yaml', settings.replace('50GiB', '20GiB')]]), 'disk', 'Begin', start - 40 * 864e5)
  write('transformations/proxy.yaml', proxy, 'ivo.engel', 'Keep the registered domain of what the proxy fetches', start - 9 * 864e5)
  write('triage/web.yaml', web.replace('score: 40', 'score: 65').replace('    comment: Tunnels hide data in names.\n', ''), 'ivo.engel', 'Add rules for the web', start - 5 * 864e5)
  write('triage/web.yaml', web, 'ivo.engel', 'Long names alone are less bad than I thought', start - 3 * 36e5)
  write('metron.yaml', settings, 'admin', 'Keep more events, since the new disk is there', start - 7 * 6e4)

  const view = (path) => ({ path, blob: id(files.get(path)), text: files.get(path) })
  const etag = (path) => ({ etag: `"${id(files.get(path))}"` })
  const refused = (next) => {
    const errors = [...next].flatMap(([path, text]) => faults(path, text))
    return errors.length ? { status: 422, title: "The configuration can't be used", detail: `nothing was changed, ${errors.length} faults: ${errors[0].message}`, errors } : undefined
  }
  const missing = (path) => ({ status: 404, title: 'There is no such thing', detail: `there is no file ${path}: GET /api/v1/config/files lists them` })
  const conflict = (path) => ({ status: 412, title: 'Somebody else was faster', detail: `${path} is ${files.has(path) ? `at ${id(files.get(path))}` : 'not there'}: load it again and repeat the change` })
  return {
    write,
    part: () => {
      const wrong = refused(files)
      const first = wrong?.errors[0]
      return wrong ? { name: 'configuration', status: 'degraded', reason: `the newest files are refused, the ones before go on: ${first.file}:${first.line}: ${first.message}` } : { name: 'configuration', status: 'ok' }
    },
    answer(route, url, headers, data, who) {
      let m
      if (route === 'GET /config/files') return { status: 200, body: [...files.keys()].sort().map((path) => ({ path, blob: id(files.get(path)), bytes: files.get(path).length })) }
      if ((m = /^(GET|PUT|DELETE) \/config\/files\/(.+)$/.exec(route))) {
        const [, method, path] = m
        if (method === 'GET') return files.has(path) ? { status: 200, body: view(path), headers: etag(path) } : missing(path)
        const isNew = headers['if-none-match'] === '*'
        if (!isNew && !headers['if-match']) return { status: 428, title: 'The version that was seen must be named', detail: 'send the ETag' }
        const next = new Map(files)
        if (method === 'PUT') next.set(path, data.text)
        else next.delete(path)
        const wrong = refused(next)
        if (wrong) return wrong
        if (isNew ? files.has(path) : !files.has(path) || headers['if-match'] !== etag(path).etag) return conflict(path)
        commit(next, who, method === 'PUT' ? (data.message ?? `Change ${path}`) : `Remove ${path}`)
        return method === 'PUT' ? { status: isNew ? 201 : 200, body: view(path), headers: etag(path) } : { status: 204 }
      }
      if (route === 'GET /config/history') {
        const path = url.searchParams.get('path')
        const found = revisions.filter((r) => !path || r.paths.includes(path)).slice(0, Number(url.searchParams.get('size') ?? 50))
        return { status: 200, body: found.map(({ before: _before, files: _files, ...r }) => r) }
      }
      if ((m = /^GET \/config\/history\/(\w+)\/diff$/.exec(route))) {
        const revision = revisions.find((r) => r.id === m[1])
        if (!revision) return { status: 404, title: 'There is no such thing', detail: `there is no revision ${m[1]}` }
        return { status: 200, body: { id: revision.id, diff: revision.paths.map((p) => unified(p, revision.before.get(p), revision.files.get(p))).join('') } }
      }
      if (route === 'POST /config/rollback') {
        const revision = revisions.find((r) => r.id === data.revision)
        const wrong = refused(revision.files)
        if (wrong) return wrong
        const { before: _before, files: _files, ...made } = commit(new Map(revision.files), who, `Go back to ${revision.id.slice(0, 10)}: ${revision.message}`)
        return { status: 200, body: made }
      }
      return undefined
    },
  }
}

function faults(path, text) {
  const found = []
  text.split('\n').forEach((line, i) => {
    const at = line.search(/\bscor:/)
    if (at >= 0) found.push({ message: "unknown key 'scor'. Did you mean 'score'?", file: path, line: i + 1, column: at + 1 })
    const rule = /^\s*(?:- )?rule: (.*IN_SUBNET\(.*, 8\).*)$/.exec(line)
    if (rule) found.push({ message: `rule: 1:17: IN_SUBNET takes (ip, cidr...), argument 2 is the integer 8\n | ${rule[1]}\n | ${'.'.repeat(rule[1].indexOf(' 8') + 1)}^`, file: path, line: i + 1, column: line.length - rule[1].length + 1 })
  })
  return found
}

/** Git's unified diff of one change, as one hunk. */
function unified(path, before, after) {
  const a = before === undefined ? [] : before.replace(/\n$/, '').split('\n')
  const b = after === undefined ? [] : after.replace(/\n$/, '').split('\n')
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const from = Math.max(0, start - 3)
  const below = Math.min(end, 3)
  const lines = [...a.slice(from, start).map((l) => ` ${l}`), ...a.slice(start, a.length - end).map((l) => `-${l}`), ...b.slice(start, b.length - end).map((l) => `+${l}`), ...a.slice(a.length - end, a.length - end + below).map((l) => ` ${l}`)]
  const place = (n) => `${n === 0 ? 0 : from + 1},${n - from}`
  const head = `diff --git a/${path} b/${path}\n${before === undefined ? 'new file mode 100644\n' : after === undefined ? 'deleted file mode 100644\n' : ''}index 1111111..2222222\n--- ${before === undefined ? '/dev/null' : `a/${path}`}\n+++ ${after === undefined ? '/dev/null' : `b/${path}`}\n`
  return `${head}@@ -${place(a.length - end + below)} +${place(b.length - end + below)} @@\n${lines.join('\n')}\n`
}
