import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { auditQuery } from '~/api/queries'
import { visible } from '~/shared/format'
import { Empty, Failure, PageLoading } from '~/shared/states'
import { fullTime } from '~/shared/time/format'
import classes from './AdministrationPage.module.css'

export function Audit({ zone }: { zone: string }) {
  const audit = useInfiniteQuery(auditQuery)
  if (audit.isPending) return <PageLoading />
  if (audit.isError) return <Failure error={audit.error} retry={() => void audit.refetch()} />
  const entries = audit.data.pages.flatMap((page) => page.items)
  if (entries.length === 0) return <Empty title="Nothing has been changed yet" />
  return (
    <section className="panel" aria-label="Audit log">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Who</th>
            <th scope="col">From</th>
            <th scope="col">What</th>
            <th scope="col">On</th>
            <th scope="col">Detail</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.number}>
              <td className="num">{fullTime(Date.parse(entry.at), zone).slice(0, -4)}</td>
              <th scope="row">{visible(entry.who, 60)}</th>
              <td className="mono">{visible(entry.from, 60)}</td>
              <td>{visible(entry.action, 80)}</td>
              <td className="mono">{visible(entry.target, 80)}</td>
              <td style={{ textAlign: 'left' }}>{visible(entry.detail, 200)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {audit.hasNextPage && (
        <p className={classes.foot}>
          <Button variant="default" onClick={() => void audit.fetchNextPage()} loading={audit.isFetchingNextPage}>
            Load older entries
          </Button>
        </p>
      )}
    </section>
  )
}
