// Deterministic data: alert i and event i are functions of i, so a million of them cost no memory.
const minute = 60_000

/** A number in [0, 1) that belongs to (i, salt). */
export function chance(i, salt) {
  let h = (i * 0x9e3779b1) ^ (salt * 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad)
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97)
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296
}
const pick = (list, i, salt) => list[Math.floor(chance(i, salt) * list.length)]

const users = ['mara.lind', 'tom.ekberg', 'i.osei', 'jana.novak', 'l.ferrari', 'svc-backup', 'administrator', 'p.hansen']
const hosts = ['ws-0412', 'ws-0077', 'ws-0233', 'srv-mail-01', 'srv-file-02', 'dc-01', 'kiosk-3', 'lap-mara']
const outside = [
  ['185.220.101.47', 'DE', 'Germany', 60729, 'Zwiebelfreunde e.V.', 50.11, 8.68],
  ['45.155.205.233', 'RU', 'Russia', 202984, 'Chernyshov Aleksandr', 55.75, 37.61],
  ['103.251.167.20', 'HK', 'Hong Kong', 135377, 'UCLOUD', 22.28, 114.15],
  ['91.92.248.113', 'BG', 'Bulgaria', 394711, 'Limenet', 42.69, 23.32],
  ['193.32.162.157', 'NL', 'Netherlands', 47890, 'Unmanaged Ltd', 52.37, 4.89],
  ['2001:db8:85a3::8a2e:370:7334', 'US', 'United States', 64496, 'Example Networks', 38.9, -77.03],
  ['198.51.100.24', 'BR', 'Brazil', 28573, 'Claro', -23.55, -46.63],
]
const rules = [
  { name: 'ET MALWARE Cobalt Strike Beacon', module: 'suricata', score: 94, category: 'malware', reason: 'Beacon to a Cobalt Strike server every 60 s', technique: 'Application Layer Protocol' },
  { name: 'Listed command and control server', module: 'zeek', score: 88, category: 'network', reason: 'Connection to an address on the list abuse-c2', indicator: 'ipv4-addr', technique: 'Web Protocols' },
  { name: 'Known phishing domain', module: 'squid', score: 76, category: 'web', reason: 'Request to login-m1crosoft.zip, on the list phish-domains', indicator: 'domain-name', technique: 'Spearphishing Link' },
  { name: 'ET SCAN Suspicious inbound to MSSQL', module: 'suricata', score: 52, category: 'network', reason: 'Scan of port 1433 from outside', technique: 'Network Service Discovery' },
  { name: 'Denied by access list', module: 'asa', score: 23, category: 'network', reason: 'Firewall denied tcp to an inside host' },
  { name: 'SSL certificate self-signed', module: 'zeek', score: 41, category: 'network', reason: 'Self-signed certificate from an outside server' },
  { name: 'ET POLICY curl User-Agent outbound', module: 'suricata', score: 34, category: 'web', reason: 'curl talks to the Internet from a workstation' },
  { name: 'Large upload outside working hours', module: 'squid', score: 71, category: 'network', reason: '2.4 GB sent to one outside host between 02:00 and 03:00', technique: 'Exfiltration Over Web Service' },
]
const dns = ['www.example.com', 'update.vendor.example', 'login-m1crosoft.zip', 'cdn.example.net', 'mail.example.org', 'api.telemetry.example']

export const alertTotal = 1_000_000
export const eventTotal = 5_000_000
/** One alert every 2.592 s: a million in thirty days. */
export const alertEvery = 2592
export const eventEvery = 518

export function communityId(i) {
  const c = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  let out = '1:'
  for (let k = 0; k < 27; k++) out += c[Math.floor(chance(i, 900 + k) * 64)]
  return `${out}=`
}

const inside = (i) => `10.${Math.floor(chance(i, 11) * 3)}.${Math.floor(chance(i, 12) * 20)}.${1 + Math.floor(chance(i, 13) * 250)}`

export function makeAlert(i, start, states) {
  const skew = chance(i, 1) ** 1.6
  const rule = rules[Math.floor(skew * rules.length)] ?? rules[0]
  const ruleAt = chance(i, 2) < 0.16 ? rules[0] : chance(i, 3) < 0.3 ? rules[4] : rule
  const at = start - i * alertEvery - Math.floor(chance(i, 4) * 1500)
  const [ip, cc, country, asn, org, lat, lon] = pick(outside, i, 5)
  const id = `a-${String(i + 1_000_000).padStart(8, '0')}`
  const state = states.get(id)
  const host = pick(hosts, i, 6)
  const status = state?.status ?? (i < 40 ? 'new' : ['new', 'new', 'open', 'escalated', 'resolved', 'dismissed', 'resolved'][Math.floor(chance(i, 7) * 7)])
  const assignee = state?.assignee ?? (status === 'new' ? '' : pick(['', 'mara.lind', 'tom.ekberg', 'admin'], i, 8))
  const score = Math.min(100, Math.max(1, Math.round(ruleAt.score + (chance(i, 9) - 0.5) * 8)))
  const event = {
    '@timestamp': new Date(at).toISOString(),
    'event.id': id,
    'event.kind': 'alert',
    'event.module': ruleAt.module,
    'event.dataset': `${ruleAt.module}.alert`,
    'event.category': [ruleAt.category],
    'event.risk_score': score,
    'event.reason': ruleAt.reason,
    'event.ingested': new Date(at + 740).toISOString(),
    'event.original': `{"timestamp":"${new Date(at).toISOString()}","event_type":"alert","src_ip":"${inside(i)}","dest_ip":"${ip}","alert":{"signature":"${ruleAt.name}","severity":1},"payload":"<script>alert('x')</script>\\u202etxt.exe"}`,
    'rule.name': ruleAt.name,
    'rule.id': String(2_020_000 + rules.indexOf(ruleAt)),
    'source.ip': inside(i),
    'source.port': 1024 + Math.floor(chance(i, 14) * 60_000),
    'source.bytes': Math.floor(chance(i, 15) * 90_000),
    'destination.ip': ip,
    'destination.port': pick([443, 443, 80, 8443, 1433, 53], i, 16),
    'destination.geo.country_iso_code': cc,
    'destination.geo.country_name': country,
    'destination.geo.location.lat': lat,
    'destination.geo.location.lon': lon,
    'destination.as.number': asn,
    'destination.as.organization.name': org,
    'network.community_id': communityId(i >> 2),
    'network.transport': 'tcp',
    'network.direction': 'outbound',
    'network.name': 'office',
    'host.name': host,
    'user.name': pick(users, i, 17),
    'related.ip': [inside(i), ip],
    'metron.sensor': ruleAt.module,
    'metron.is_alert': true,
    'alert.status': status,
    'alert.version': state?.version ?? 1,
  }
  if (assignee) event['alert.assignee'] = assignee
  if (ruleAt.technique) event['threat.technique.name'] = ruleAt.technique
  if (ruleAt.indicator) {
    event['threat.indicator.type'] = ruleAt.indicator
    event['threat.indicator.name'] = ruleAt.indicator === 'ipv4-addr' ? ip : 'login-m1crosoft.zip'
    event['threat.indicator.confidence'] = 'High'
    event['threat.indicator.provider'] = 'abuse-c2'
    event['threat.indicator.description'] = 'Seen as a command and control server of a ransomware crew'
    event['threat.indicator.last_seen'] = new Date(start - 3 * 86_400_000).toISOString()
    event['threat.indicator.reference'] = 'https://feeds.example/abuse-c2/4711'
  }
  if (i % 97 === 3) event['event.reason'] = `<img src=x onerror=alert(1)> \u202eexe.fdp ${ruleAt.reason}`
  return event
}

export function contributionsOf(event) {
  const score = event['event.risk_score']
  const list = [{ kind: 'IDS', name: event['rule.name'], reason: event['event.reason'], score: Math.max(1, score - 6) }]
  if (event['threat.indicator.type']) list.push({ kind: 'INDICATOR', name: event['threat.indicator.provider'], reason: `${event['threat.indicator.name']} is listed with confidence High`, score })
  if (score > 70) list.push({ kind: 'TRIAGE', name: 'workstation-to-rare-country', reason: `${event['host.name']} has not talked to ${event['destination.geo.country_name']} in 90 days`, score: 60 })
  return list.sort((a, b) => b.score - a.score)
}

export function makeEvent(i, start) {
  const at = start - i * eventEvery - Math.floor(chance(i, 40) * 400)
  const kind = Math.floor(chance(i, 41) * 5)
  const [ip, cc, country, asn, org] = pick(outside, i, 45)
  const event = {
    '@timestamp': new Date(at).toISOString(),
    'event.id': `e-${String(i + 10_000_000)}`,
    'event.kind': 'event',
    'event.ingested': new Date(at + 640).toISOString(),
    'source.ip': inside(i),
    'source.port': 1024 + Math.floor(chance(i, 44) * 60_000),
    'destination.ip': ip,
    'destination.port': [53, 80, 443, 443, 22][kind],
    'destination.geo.country_iso_code': cc,
    'destination.geo.country_name': country,
    'destination.as.number': asn,
    'destination.as.organization.name': org,
    'network.community_id': communityId(i >> 2),
    'network.transport': kind === 0 ? 'udp' : 'tcp',
    'host.name': pick(hosts, i, 46),
    'user.name': pick(users, i, 47),
    'event.outcome': chance(i, 48) < 0.93 ? 'success' : 'failure',
  }
  const bytes = Math.floor(chance(i, 49) ** 4 * 4_000_000)
  const extra = [
    () => ({ 'event.module': 'zeek', 'event.dataset': 'zeek.dns', 'network.protocol': 'dns', 'dns.question.name': pick(dns, i, 50), 'dns.question.type': pick(['A', 'AAAA', 'TXT'], i, 51) }),
    () => ({ 'event.module': 'squid', 'event.dataset': 'squid.access', 'network.protocol': 'http', 'http.request.method': pick(['GET', 'GET', 'POST', 'CONNECT'], i, 52), 'url.full': `http://${pick(dns, i, 53)}/p/${i % 1000}`, 'url.domain': pick(dns, i, 53), 'http.response.status_code': pick([200, 200, 304, 404, 503], i, 54), 'http.response.bytes': bytes }),
    () => ({ 'event.module': 'zeek', 'event.dataset': 'zeek.conn', 'network.protocol': 'tls', 'network.bytes': bytes, 'zeek.conn.history': 'ShADadFf' }),
    () => ({ 'event.module': 'zeek', 'event.dataset': 'zeek.ssl', 'network.protocol': 'tls', 'tls.client.server_name': pick(dns, i, 55), 'tls.version': pick(['1.2', '1.3'], i, 56) }),
    () => ({ 'event.module': 'asa', 'event.dataset': 'asa.log', 'event.action': 'Built', 'message': `%ASA-6-302013: Built outbound TCP connection ${i} for outside:${ip}/22` }),
  ][kind]()
  Object.assign(event, extra)
  event['metron.sensor'] = event['event.module']
  event['event.original'] = JSON.stringify(extra)
  return event
}

export const fields = [
  ['@timestamp', 'INSTANT', 'Date and time when the event happened'],
  ['event.id', 'STRING', 'Unique id of the event'],
  ['event.module', 'STRING', 'Sensor family that the event comes from'],
  ['event.dataset', 'STRING', 'Name of the dataset'],
  ['event.kind', 'STRING', 'High-level kind'],
  ['event.category', 'STRING', 'Category'],
  ['event.outcome', 'STRING', 'Outcome: success, failure or unknown'],
  ['event.reason', 'STRING', 'Reason why this event happened'],
  ['event.risk_score', 'DOUBLE', 'Risk score, 0 to 100'],
  ['event.ingested', 'INSTANT', 'When it arrived'],
  ['event.original', 'STRING', 'Raw text'],
  ['rule.name', 'STRING', 'Name of the rule'],
  ['source.ip', 'IP', 'Address of the source'],
  ['source.port', 'LONG', 'Port of the source'],
  ['source.bytes', 'LONG', 'Bytes from the source'],
  ['destination.ip', 'IP', 'Address of the destination'],
  ['destination.port', 'LONG', 'Port of the destination'],
  ['destination.geo.country_name', 'STRING', 'Country'],
  ['destination.geo.country_iso_code', 'STRING', 'Country code'],
  ['destination.as.organization.name', 'STRING', 'Organisation of the network'],
  ['network.community_id', 'STRING', 'Hash of the five-tuple'],
  ['network.transport', 'STRING', 'Transport protocol'],
  ['network.protocol', 'STRING', 'Application protocol'],
  ['network.bytes', 'LONG', 'Bytes in both directions'],
  ['host.name', 'STRING', 'Name of the host'],
  ['user.name', 'STRING', 'Name of the user'],
  ['dns.question.name', 'STRING', 'Name that was asked for'],
  ['dns.question.type', 'STRING', 'Type of the record'],
  ['http.request.method', 'STRING', 'Method'],
  ['http.response.status_code', 'LONG', 'Status code'],
  ['url.full', 'STRING', 'Full URL'],
  ['url.domain', 'STRING', 'Domain of the URL'],
  ['tls.client.server_name', 'STRING', 'Server name asked for'],
  ['threat.indicator.type', 'STRING', 'Type of the indicator'],
  ['threat.indicator.name', 'STRING', 'Name of the indicator'],
  ['threat.technique.name', 'STRING', 'ATT&CK technique'],
  ['alert.status', 'STRING', 'State of the alert'],
  ['alert.assignee', 'STRING', 'Who works on it'],
  ['metron.sensor', 'STRING', 'Sensor'],
].map(([name, type, description], i) => ({ name, type, description, level: 'core', documents: 5_000_000 - i * 90_000 }))

export const minuteOf = (t) => Math.floor(t / minute) * minute
