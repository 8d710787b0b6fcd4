import { IconCircleX } from '@tabler/icons-react'
import type { Fault } from '~/api/types'
import { plural, visible } from '~/shared/format'
import { inOrder, sentenceAndCode } from './faults'
import classes from './ConfigurationPage.module.css'

interface Props {
  title: string
  faults: readonly Fault[]
  /** The open file: its faults come first and need not name it. */
  file: string
  onGo: (fault: Fault) => void
}

/** All faults of a refused change; each leads to its line. */
export function FaultList({ title, faults, file, onGo }: Props) {
  return (
    <div className={classes.faults} role="alert">
      <h3>
        <IconCircleX size={16} stroke={1.7} aria-hidden />
        {title}: {plural(faults.length, 'fault')}
      </h3>
      <ul aria-label="Faults">
        {inOrder(faults, file).map((fault, i) => {
          const { sentence, code } = sentenceAndCode(fault.message)
          const place = [fault.file && fault.file !== file ? visible(fault.file, 120) : undefined, fault.line && `line ${fault.line}`].filter(Boolean).join(', ')
          return (
            <li key={i}>
              <button type="button" onClick={() => onGo(fault)}>
                <span className={classes.place}>{place || 'whole file'}</span>
                <span className={classes.message}>
                  {visible(sentence, 1000)}
                  {fault.suggestion && <> Did you mean {visible(fault.suggestion, 100)}?</>}
                  {code && <code>{visible(code, 2000)}</code>}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
