/** The frame of a page that is a list: query bar, histogram, facets at the side, tools, table, and where one stands in it. */
import { ActionIcon, Button, Tooltip, useMantineColorScheme } from '@mantine/core'
import { IconArrowBarToDown, IconRefresh } from '@tabler/icons-react'
import { lazy, type ReactNode, type RefObject, Suspense, useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { Hit } from '~/api/types'
import { idOf } from '~/shared/event'
import { count, plural } from '~/shared/format'
import { QueryBar } from '~/shared/query/QueryBar'
import { Busy, Empty, Failure } from '~/shared/states'
import { ColumnMenu } from '~/shared/table/ColumnMenu'
import { type Column, DataTable } from '~/shared/table/DataTable'
import { defaultRange, shift } from '~/shared/time/range'
import type { Question } from './question'
import classes from './ListPage.module.css'

// Neither the bars nor the editor is needed to read the first rows: both come after them.
const Histogram = lazy(() => import('~/shared/chart/Histogram').then((m) => ({ default: m.Histogram })))

interface Props {
  question: Question
  noun: string
  label: string
  columns: readonly Column<Hit>[]
  shown: readonly string[]
  /** What can be a column; the columns themselves if absent. */
  choosable?: readonly { id: string; header: string }[]
  onColumns: (shown: string[] | undefined) => void
  /** The histogram's buckets are split by risk score. */
  split?: boolean
  side: ReactNode
  /** Beside the count, and at the right of the tools. */
  notes?: ReactNode
  tools?: ReactNode
  /** In the place of the tools, while rows are selected. */
  acting?: ReactNode
  /** What an empty list means when nothing was asked for. */
  calm: string
  drawer?: ReactNode
  onOpen: (hit: Hit) => void
  selected?: ReadonlySet<string>
  onSelect?: (hit: Hit, index: number, ranged: boolean) => void
  selectLabel?: (hit: Hit) => string
  tone?: (hit: Hit) => string | undefined
}

const ghosts = 24

export function ListPage({ question, noun, label, columns, shown, choosable, onColumns, split, side, notes, tools, acting, calm, drawer, onOpen, ...selection }: Props) {
  const { index, query, set, range, zone, setRange, sort, onSort, turn, pages, counts, bound, active, setActive, refresh, badQuery, onRun } = question
  const { colorScheme } = useMantineColorScheme()
  // A row scrolled by changes the line below the table only, not the page.
  const place = useRef<{ sight: Sight; show?: (sight: Sight) => void }>({ sight: { first: 0, last: 0 } })
  const { onSight } = pages
  const seen = useCallback(
    (first: number, last: number) => {
      place.current.sight = { first, last }
      place.current.show?.({ first, last })
      onSight(first, last)
    },
    [onSight],
  )
  const empty = !pages.pending && !pages.stale && pages.total === 0
  return (
    <div className={classes.page}>
      <div className={classes.query}>
        <QueryBar index={index} value={query} onRun={onRun} />
      </div>
      <div className={classes.chart}>
        <Suspense fallback={<div className={classes.noChart} />}>
          <Histogram data={counts.data?.histogram} from={bound.from} to={bound.to} zone={zone} scheme={colorScheme} noun={`${noun}s`} split={split} onSelect={setRange} />
        </Suspense>
      </div>
      <div className={classes.body}>
        {side}
        <section className={classes.list} aria-label={`${label.slice(0, -1)} list`}>
          {acting || (
            <div className={classes.tools}>
              <strong className="num">{pages.pending ? 'Loading' : pages.failedAtAll ? 'Not loaded' : plural(pages.total, noun)}</strong>
              {notes}
              <span className="spacer" />
              {tools}
              <Tooltip label="Load again">
                <ActionIcon variant="subtle" color="gray" aria-label="Load again" onClick={refresh}>
                  <IconRefresh size={16} stroke={1.6} />
                </ActionIcon>
              </Tooltip>
              <ColumnMenu all={choosable ?? columns} shown={shown} onChange={onColumns} onReset={() => onColumns(undefined)} />
            </div>
          )}
          <Busy active={pages.fetching} label={`Loading ${noun}s`} />
          {pages.error && !pages.failedAtAll && (
            <p className={classes.partly} role="alert">
              Some rows could not be loaded: {pages.error.message}
              <Button size="compact-xs" variant="default" onClick={pages.retry}>
                Try again
              </Button>
            </p>
          )}
          <div className={classes.table}>
            {pages.failedAtAll ? (
              <Failure error={pages.error} retry={badQuery ? undefined : pages.retry} />
            ) : empty ? (
              <Empty
                title={query ? `No ${noun} matches this query here` : `No ${noun}s in this time range`}
                actions={
                  <>
                    {query && (
                      <Button variant="default" onClick={() => void set({ q: undefined })}>
                        Clear the query
                      </Button>
                    )}
                    <Button variant="default" onClick={() => setRange(range.from === defaultRange.from ? shift(range, 0, Date.now()) : defaultRange)}>
                      Look at a longer time
                    </Button>
                  </>
                }
              >
                {query ? 'Take a filter back or look at a longer time.' : calm}
              </Empty>
            ) : (
              <DataTable
                // A list that is asked anew begins at its top.
                key={`${sort.field} ${sort.descending} ${pages.trail.asOf} ${query} ${range.from} ${range.to}`}
                label={label}
                columns={columns}
                shown={shown}
                count={pages.pending ? ghosts : pages.count}
                rowAt={pages.rowAt}
                rowId={(hit) => idOf(hit.event)}
                total={pages.pending ? undefined : pages.total}
                active={active}
                onActive={setActive}
                onOpen={onOpen}
                sort={sort}
                onSort={onSort}
                onSight={seen}
                top={pages.trail.top}
                onLeave={(top) => pages.leave(top, active)}
                stale={pages.stale}
                {...selection}
              />
            )}
          </div>
          {!pages.pending && !empty && !pages.failedAtAll && (
            <footer className={classes.place}>
              <Place total={pages.total} place={place} />
              <span className="spacer" />
              {pages.count < pages.total && (
                <button type="button" onClick={turn} title="Sorts the other way round; the key End does the same">
                  <IconArrowBarToDown size={14} aria-hidden />
                  {sort.field === '@timestamp' ? (sort.descending ? 'To the oldest' : 'To the newest') : 'To the other end'}
                </button>
              )}
            </footer>
          )}
        </section>
        {drawer}
      </div>
    </div>
  )
}

interface Sight {
  first: number
  last: number
}

function Place({ total, place }: { total: number; place: RefObject<{ sight: Sight; show?: (sight: Sight) => void }> }) {
  const [{ first, last }, setSight] = useState(() => place.current.sight)
  useLayoutEffect(() => {
    const told = place.current
    told.show = setSight
    return () => {
      told.show = undefined
    }
  }, [place])
  return (
    <span className="num">
      Rows {count(first + 1)} to {count(Math.min(total, last + 1))} of {count(total)}
    </span>
  )
}
