import type { ReactNode } from 'react'
import { count, visible } from '~/shared/format'
import type { DiffLine } from './diff'
import classes from './ConfigurationPage.module.css'

// So many lines are drawn at once without a wait; a change of a configuration has a few dozen.
const mostLines = 3000

const signs: Record<DiffLine['kind'], string> = { same: ' ', added: '+', removed: '−', note: ' ' }
const spoken: Record<DiffLine['kind'], string> = { same: '', added: 'added: ', removed: 'removed: ', note: '' }

/** Lines before and after, with their numbers; what was added and removed differs by sign and colour. */
export function DiffView({ hunks, label }: { hunks: readonly DiffLine[][]; label: string }) {
  const rows: ReactNode[] = []
  let left = mostLines
  hunks.forEach((hunk, h) => {
    if (left <= 0) return
    if (h > 0) rows.push(<div key={`gap-${h}`} className={classes.gap} aria-hidden />)
    for (const [i, line] of hunk.slice(0, left).entries()) {
      rows.push(
        <div key={`${h}-${i}`} className={classes.diffLine} data-kind={line.kind}>
          <span className={classes.number} aria-hidden>
            {line.before}
          </span>
          <span className={classes.number} aria-hidden>
            {line.after}
          </span>
          <span className={classes.sign} aria-hidden>
            {signs[line.kind]}
          </span>
          <span className={classes.text}>
            {spoken[line.kind] && <span className="visually-hidden">{spoken[line.kind]}</span>}
            {visible(line.text, 2000)}
          </span>
        </div>,
      )
    }
    left -= hunk.length
  })
  const total = hunks.reduce((sum, hunk) => sum + hunk.length, 0)
  return (
    <div className={classes.diff} role="group" aria-label={label} tabIndex={0}>
      <div>
        {rows}
        {total > mostLines && <p className={classes.cut}>{count(total - mostLines)} more lines are not shown.</p>}
      </div>
    </div>
  )
}
