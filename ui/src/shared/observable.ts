/** What a pasted text is, and the query that finds it in every field that may hold it. */
export interface Observable {
  kind: 'IP address' | 'network' | 'domain' | 'hash' | 'URL' | 'Community ID' | 'e-mail address'
  query: string
}

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/
const ipv6 = /^(?=.*:.*:)[0-9a-f:]{2,39}(?::(?:\d{1,3}\.){3}\d{1,3})?$/i

export function observable(pasted: string): Observable | undefined {
  // Reports write 1.2.3[.]4 and hxxps:// so that nobody clicks on them.
  const text = pasted.trim().replaceAll('[.]', '.').replaceAll('[:]', ':').replace(/^hxxp/i, 'http')
  const quoted = `"${text.replace(/[\\"]/g, '\\$&')}"`
  const [address, prefix] = text.split('/')
  if (address && (ipv4.test(address) || ipv6.test(address))) {
    if (prefix === undefined) return { kind: 'IP address', query: `related.ip:${text.includes(':') ? quoted : text}` }
    const longest = ipv4.test(address) ? 32 : 128
    if (/^\d{1,3}$/.test(prefix) && Number(prefix) <= longest) return { kind: 'network', query: `related.ip:${text.includes(':') ? quoted : text}` }
  }
  if (/^1:[A-Za-z0-9+/]{27}=$/.test(text)) return { kind: 'Community ID', query: `network.community_id:${quoted}` }
  if (/^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/i.test(text)) return { kind: 'hash', query: `related.hash:${text}` }
  if (/^https?:\/\/\S+$/i.test(text)) return { kind: 'URL', query: `url.full:${quoted}` }
  if (/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(text)) return { kind: 'e-mail address', query: quoted }
  if (/^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}$/i.test(text)) {
    return { kind: 'domain', query: `(dns.question.name:${text} OR url.domain:${text} OR destination.domain:${text} OR related.hosts:${text})` }
  }
  return undefined
}
