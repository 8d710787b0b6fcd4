/** Five measuring strokes that form an M; the middle one is the reading. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <g fill="var(--accent)">
        <rect x="1" y="3" width="3.2" height="18" rx="1" />
        <rect x="5.7" y="6.5" width="3.2" height="8" rx="1" />
        <rect x="15.1" y="6.5" width="3.2" height="8" rx="1" />
        <rect x="19.8" y="3" width="3.2" height="18" rx="1" />
      </g>
      <rect x="10.4" y="11" width="3.2" height="8" rx="1" fill="var(--high)" />
    </svg>
  )
}
