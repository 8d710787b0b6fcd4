import { Button, createTheme, Drawer, Menu, Modal, Popover, Tooltip } from '@mantine/core'

/** Behaviour and sizes; the colours are in tokens.css. */
export const theme = createTheme({
  autoContrast: false,
  cursorType: 'pointer',
  defaultRadius: 'var(--radius-m)',
  respectReducedMotion: true,
  components: {
    // Dark text on the bright accent: white would not be readable.
    Button: Button.extend({
      defaultProps: { size: 'xs' },
      vars: (_theme, props) => ({ root: props.variant === undefined || props.variant === 'filled' ? { '--button-color': 'var(--on-accent)' } : {} }),
    }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: false, fz: 12, color: 'var(--raised)', c: 'var(--text)', bd: '1px solid var(--line-strong)' } }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } }),
    Modal: Modal.extend({ defaultProps: { centered: true, transitionProps: { duration: 100 } } }),
    Drawer: Drawer.extend({ defaultProps: { transitionProps: { duration: 120 } } }),
  },
})
