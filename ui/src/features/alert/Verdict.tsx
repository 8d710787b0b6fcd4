import type { Contribution, EventFields } from '~/api/types'
import { first } from '~/shared/event'
import { plural, visible } from '~/shared/format'
import { severityOf } from '~/shared/severity'
import classes from './AlertPage.module.css'

const kinds: Record<string, string> = { indicator: 'Indicator', ids: 'IDS', triage: 'Triage rule', sigma: 'Sigma rule', profile: 'Profile', model: 'Model' }

/** Why it fired: everything that made the event suspicious, worst first. */
export function Verdict({ contributions, event }: { contributions: readonly Contribution[]; event: EventFields }) {
  const technique = first(event, 'threat.technique.name')
  const tactic = first(event, 'threat.tactic.name')
  const worstFirst = [...contributions].sort((a, b) => b.score - a.score)
  return (
    <section className="panel" aria-labelledby="why-title">
      <header>
        <h2 id="why-title">Why it fired</h2>
        <span className="muted">{plural(contributions.length, 'contribution')}</span>
        <span className="spacer" />
        {(tactic ?? technique) && <span className={classes.tag}>ATT&CK: {visible([tactic, technique].filter(Boolean).join(', '), 100)}</span>}
      </header>
      {contributions.length === 0 && <p className={classes.note}>The alert carries no contributions; its reason is all that is known.</p>}
      <ol className={classes.contributions}>
        {worstFirst.map((c) => (
          <li key={`${c.kind} ${c.name} ${c.reason}`} data-severity={severityOf(c.score)}>
            <span className={`num ${classes.points}`}>{Math.round(c.score)}</span>
            <span className={classes.meter} aria-hidden>
              <span style={{ width: `${Math.max(2, Math.min(100, c.score))}%` }} />
            </span>
            <span className={classes.why}>
              <strong>{visible(c.reason, 400)}</strong>
              <span>
                {kinds[c.kind.toLowerCase()] ?? c.kind}: {visible(c.name, 200)}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
