import { useEffect, useRef } from 'react'

/** Whether keys belong to a field that the person is writing in, or to a menu or dialog above the page. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || target.closest('[role=menu],[role=listbox]') !== null
}

const dialogOpen = () => document.querySelector('[role=dialog][aria-modal=true]') !== null

/**
 * Keys of a page, such as `j`, `Enter` or `mod+k`. They rest while the person writes or a dialog is open; only those with
 * `mod+` always work.
 */
export function useShortcuts(shortcuts: Record<string, (event: KeyboardEvent) => void>, active = true) {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    if (!active) return
    const listen = (event: KeyboardEvent) => {
      const mod = event.ctrlKey || event.metaKey
      if (event.altKey || event.isComposing) return
      const key = `${mod ? 'mod+' : ''}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`
      const shortcut = latest.current[event.shiftKey && event.key.length === 1 && /[a-z]/i.test(event.key) ? `shift+${key}` : key]
      if (!shortcut) return
      if (!mod && (isTyping(event.target) || dialogOpen())) return
      // Enter and Space on a button or link do what that says.
      if ((event.key === 'Enter' || event.key === ' ') && event.target instanceof HTMLElement && event.target.closest('button,a,summary')) return
      event.preventDefault()
      shortcut(event)
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [active])
}
