/** Whose data the console shows beside the user's own, as their licences ask for. */
import classes from './event.module.css'

export const credits: readonly { what: string; by: readonly { name: string; address: string }[]; terms: string }[] = [
  {
    what: 'Networks (autonomous systems) of addresses',
    by: [
      { name: 'DB-IP', address: 'https://db-ip.com' },
      { name: 'University of Oregon RouteViews', address: 'https://www.routeviews.org' },
      { name: 'Number Resource Organization', address: 'https://www.nro.net' },
    ],
    terms: 'CC BY 4.0',
  },
  { what: 'Countries of addresses', by: [{ name: 'Number Resource Organization', address: 'https://www.nro.net' }], terms: 'public domain, with statistics under CC BY 4.0' },
  { what: 'Names and types of fields', by: [{ name: 'Elastic Common Schema', address: 'https://github.com/elastic/ecs' }], terms: 'Apache License 2.0' },
]

/** A link to somebody else's site: it opens beside the console and is not told where from. */
export function Outward({ address, children }: { address: string; children: string }) {
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" className={classes.outward}>
      {children}
    </a>
  )
}

/** Beside a place or network. */
export function PlaceCredit() {
  return (
    <p className={classes.credit}>
      Place and network: <Outward address="https://db-ip.com">IP Geolocation by DB-IP</Outward> and others, see About
    </p>
  )
}
