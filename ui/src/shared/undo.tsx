import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'

/** Says what was done and, for eight seconds, offers to take it back. */
export function showDone(title: string, onUndo?: () => void) {
  const id = notifications.show({
    title,
    color: 'var(--accent)',
    autoClose: 8000,
    closeButtonProps: { 'aria-label': 'Close the message' },
    message: onUndo && (
      <Button
        size="compact-xs"
        variant="default"
        mt={6}
        onClick={(event) => {
          // The button fades out: the next key belongs to the page again, not to a second undo.
          event.currentTarget.blur()
          notifications.hide(id)
          onUndo()
        }}
      >
        Undo
      </Button>
    ),
  })
}

export function showFailed(title: string, message: string) {
  notifications.show({ title, message, color: 'var(--bad)', autoClose: false, closeButtonProps: { 'aria-label': 'Close the message' } })
}
