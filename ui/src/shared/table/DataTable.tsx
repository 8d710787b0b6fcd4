/**
 * A list of any length: only the rows in sight are in the document, and the page is told which they are. A row that is
 * not in the memory is drawn empty until it is. One tab stop; the page moves the active row by keys, and the screen
 * reader follows it.
 */
import { columnOrderingFeature, columnResizingFeature, columnSizingFeature, columnVisibilityFeature, type ColumnDef, tableFeatures, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { memo, type ReactNode, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import classes from './DataTable.module.css'

export interface Column<Row> {
  id: string
  header: string
  /** Width in pixels; with `grow`, the least. */
  size: number
  grow?: number
  align?: 'end'
  /** The field that a click on the header sorts by. */
  sort?: string
  cell: (row: Row) => ReactNode
}

interface Props<Row> {
  label: string
  columns: readonly Column<Row>[]
  shown: readonly string[]
  /** Rows that can be scrolled to. */
  count: number
  rowAt: (index: number) => Row | undefined
  rowId: (row: Row) => string
  /** All there are; undefined while that is not known. */
  total: number | undefined
  active: number
  onActive: (index: number) => void
  onOpen: (row: Row) => void
  selected?: ReadonlySet<string>
  onSelect?: (row: Row, index: number, range: boolean) => void
  selectLabel?: (row: Row) => string
  tone?: (row: Row) => string | undefined
  sort?: { field: string; descending: boolean }
  onSort?: (field: string) => void
  onSight?: (first: number, last: number) => void
  /** Where the list is scrolled to at first, in pixels, and where it is left. */
  top?: number
  onLeave?: (top: number) => void
  stale?: boolean
}

const features = tableFeatures({ columnOrderingFeature, columnResizingFeature, columnSizingFeature, columnVisibilityFeature })
const none: object[] = []
const rowHeight = 32
const headHeight = 30

export function DataTable<Row extends object>(props: Props<Row>) {
  const { label, columns, shown, count, rowAt, rowId, total, active, onActive, onOpen, selected, onSelect, selectLabel, tone, sort, onSort, onSight, top = 0, onLeave, stale } = props
  const scroller = useRef<HTMLDivElement>(null)

  const definitions = useMemo<ColumnDef<typeof features, Row>[]>(
    () => columns.map((c) => ({ id: c.id, header: c.header, size: c.size, minSize: 48, maxSize: 1200, accessorFn: (row: Row) => row })),
    [columns],
  )
  const visibility = useMemo(() => Object.fromEntries(columns.map((c) => [c.id, shown.includes(c.id)])), [columns, shown])
  const table = useTable({
    features,
    // The table is asked for columns only.
    data: none as Row[],
    columns: definitions,
    columnResizeMode: 'onChange',
    state: { columnVisibility: visibility, columnOrder: shown as string[] },
  })
  const specs = useMemo(() => new Map(columns.map((c) => [c.id, c])), [columns])
  const headers = table.getHeaderGroups()[0]?.headers ?? []
  const sizing = table.state.columnSizing
  const order = headers.map((h) => h.column.id)
  const template = useMemo(
    () =>
      [
        ...(onSelect ? ['34px'] : []),
        ...order.map((id) => {
          const spec = specs.get(id)!
          const resized = sizing[id]
          if (resized) return `${Math.round(resized)}px`
          return spec.grow ? `minmax(${spec.size}px, ${spec.grow}fr)` : `${spec.size}px`
        }),
      ].join(' '),
    [order.join(), specs, sizing, onSelect !== undefined],
  )
  const least = order.reduce((sum, id) => sum + (sizing[id] ?? specs.get(id)!.size), onSelect ? 34 : 0)
  const visibleColumns = useMemo(() => order.map((id) => specs.get(id)!), [order.join(), specs])

  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: headHeight,
    paddingStart: 0,
    initialOffset: top,
  })
  const items = virtual.getVirtualItems()
  // Without the few rows beyond the edges that are drawn as well.
  const first = virtual.range?.startIndex ?? 0
  const last = virtual.range?.endIndex ?? 0
  useEffect(() => onSight?.(first, last), [first, last, onSight])

  const leaving = useRef(onLeave)
  leaving.current = onLeave
  useLayoutEffect(() => {
    const element = scroller.current!
    element.scrollTop = top
    return () => leaving.current?.(element.scrollTop)
    // Only where it is at first; from then on the person scrolls.
  }, [])

  // The page moves the active row by keys; it must stay in sight.
  const moved = useRef(active)
  useEffect(() => {
    if (active !== moved.current && active >= 0 && active < count) virtual.scrollToIndex(active, { align: 'auto' })
    moved.current = active
  }, [active])

  const latest = useRef({ onActive, onOpen, onSelect })
  latest.current = { onActive, onOpen, onSelect }
  const actions = useMemo(
    () => ({
      activate: (index: number) => latest.current.onActive(index),
      open: (row: Row) => latest.current.onOpen(row),
      select: (row: Row, index: number, range: boolean) => latest.current.onSelect?.(row, index, range),
    }),
    [],
  )
  const activeRow = active < 0 ? undefined : rowAt(active)
  const activeId = activeRow && `row-${rowId(activeRow)}`

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={total === undefined ? -1 : total + 1}
      aria-multiselectable={onSelect ? true : undefined}
      aria-activedescendant={activeId}
      tabIndex={0}
      data-stale={stale || undefined}
    >
      <div className={classes.head} role="row" aria-rowindex={1} style={{ gridTemplateColumns: template, minWidth: least }}>
        {onSelect && (
          <div role="columnheader" className={classes.cell}>
            <span className="visually-hidden">Selected</span>
          </div>
        )}
        {headers.map((header) => {
          const spec = specs.get(header.column.id)!
          const sorted = sort && spec.sort === sort.field ? (sort.descending ? 'descending' : 'ascending') : undefined
          return (
            <div key={header.id} role="columnheader" className={classes.headCell} aria-sort={spec.sort ? (sorted ?? 'none') : undefined} data-align={spec.align}>
              {spec.sort && onSort ? (
                <button type="button" onClick={() => onSort(spec.sort!)} title={`Sort by ${spec.header.toLowerCase()}`}>
                  <span className="clip">{spec.header}</span>
                  {sorted === 'descending' && <IconArrowDown size={12} aria-hidden />}
                  {sorted === 'ascending' && <IconArrowUp size={12} aria-hidden />}
                </button>
              ) : (
                <span className="clip">{spec.header}</span>
              )}
              <span
                className={classes.resize}
                onMouseDown={header.getResizeHandler()}
                onTouchStart={header.getResizeHandler()}
                onDoubleClick={() => header.column.resetSize()}
                data-resizing={header.column.getIsResizing() || undefined}
                aria-hidden
              />
            </div>
          )
        })}
      </div>
      <div className={classes.body} role="rowgroup" style={{ height: virtual.getTotalSize(), minWidth: least }}>
        {items.map((item) => {
          const row = rowAt(item.index)
          if (!row) return <div key={item.index} className={classes.ghost} style={{ transform: `translateY(${item.start}px)` }} aria-hidden />
          const id = rowId(row)
          return (
            <BodyRow
              key={id}
              row={row}
              id={id}
              index={item.index}
              top={item.start}
              template={template}
              columns={visibleColumns as Column<object>[]}
              active={item.index === active}
              selected={selected?.has(id)}
              selectLabel={selectLabel?.(row)}
              tone={tone?.(row)}
              actions={actions as Actions}
            />
          )
        })}
      </div>
    </div>
  )
}

interface Actions {
  activate: (index: number) => void
  open: (row: object) => void
  select: (row: object, index: number, range: boolean) => void
}

interface BodyRowProps {
  row: object
  id: string
  index: number
  top: number
  template: string
  columns: Column<object>[]
  active: boolean
  selected: boolean | undefined
  selectLabel: string | undefined
  tone: string | undefined
  actions: Actions
}

const BodyRow = memo(function BodyRow({ row, id, index, top, template, columns, active, selected, selectLabel, tone, actions }: BodyRowProps) {
  return (
    <div
      id={`row-${id}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected ?? (active || undefined)}
      className={classes.row}
      data-active={active || undefined}
      data-selected={selected || undefined}
      data-tone={tone}
      style={{ gridTemplateColumns: template, transform: `translateY(${top}px)` }}
      onClick={(event) => {
        actions.activate(index)
        const onControl = (event.target as HTMLElement).closest('a,button,input,label')
        const chosenText = window.getSelection()?.toString()
        if (!onControl && !chosenText) actions.open(row)
      }}
    >
      {selected !== undefined && (
        <div role="gridcell" className={classes.cell}>
          <label className={classes.check}>
            <input
              type="checkbox"
              tabIndex={-1}
              checked={selected}
              aria-label={selectLabel}
              onChange={() => undefined}
              onClick={(event) => {
                event.stopPropagation()
                actions.select(row, index, event.shiftKey)
              }}
            />
          </label>
        </div>
      )}
      {columns.map((column) => (
        <div key={column.id} role="gridcell" className={classes.cell} data-align={column.align}>
          {column.cell(row)}
        </div>
      ))}
    </div>
  )
})
