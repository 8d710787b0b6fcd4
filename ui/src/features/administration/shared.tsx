import { ActionIcon, Button, Modal } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './AdministrationPage.module.css'

/** A password or token that the server tells only this once. */
export function Secret({ title, secret, children, onClose }: { title: string; secret: string; children: ReactNode; onClose: () => void }) {
  const clipboard = useClipboard({ timeout: 1200 })
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }} closeOnClickOutside={false}>
      <div className={classes.form}>
        <p>{children}</p>
        <p className={classes.secret}>
          <span>{secret}</span>
          <span className="spacer" />
          <ActionIcon variant="subtle" aria-label="Copy" onClick={() => clipboard.copy(secret)}>
            {clipboard.copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          </ActionIcon>
        </p>
        <Button onClick={onClose}>I have kept it</Button>
      </div>
    </Modal>
  )
}
