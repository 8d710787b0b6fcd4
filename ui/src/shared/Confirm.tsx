import { Button, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './Confirm.module.css'

interface Props {
  title: string
  children: ReactNode
  /** What the person asked for, as a verb. */
  action: string
  /** What the other button says. */
  otherwise?: string
  onConfirm: () => void
  onClose: () => void
}

/** For what cannot be undone, or is more than it looks. */
export function Confirm({ title, children, action, otherwise = 'Keep', onConfirm, onClose }: Props) {
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes.confirm}>
        <div>{children}</div>
        <div className="row">
          <span className="spacer" />
          <Button variant="default" onClick={onClose} data-autofocus>
            {otherwise}
          </Button>
          <Button
            color="var(--bad)"
            variant="outline"
            onClick={() => {
              onConfirm()
              onClose()
            }}
          >
            {action}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
