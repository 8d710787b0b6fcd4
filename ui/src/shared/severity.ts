export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'none'

export const scoreField = 'event.risk_score'

/** Worst first, each with its scores as the query language writes them. One scale for the whole console. */
export const severities: readonly { severity: Severity; label: string; least: number; range: string }[] = [
  { severity: 'critical', label: 'Critical', least: 90, range: '>=90' },
  { severity: 'high', label: 'High', least: 70, range: '[70 TO 90}' },
  { severity: 'medium', label: 'Medium', least: 40, range: '[40 TO 70}' },
  { severity: 'low', label: 'Low', least: Number.MIN_VALUE, range: '{0 TO 40}' },
  { severity: 'none', label: 'None', least: -Infinity, range: '<=0' },
]

/** Severity of a score from 0 to 100, as `event.risk_score` holds it. */
export function severityOf(score: number | undefined): Severity {
  if (score === undefined || Number.isNaN(score)) return 'none'
  return severities.find(({ least }) => score >= least)?.severity ?? 'none'
}

export function scoreOf(event: Record<string, unknown>): number | undefined {
  const score = event[scoreField]
  const number = typeof score === 'number' ? score : typeof score === 'string' ? Number(score) : NaN
  return Number.isNaN(number) ? undefined : number
}

/** Counts per score, as a histogram is split by it, as counts per severity; what has no score is `none`. */
export function bySeverity(split: Readonly<Record<string, number>>, total: number): Record<Severity, number> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, none: 0 }
  let seen = 0
  for (const [score, n] of Object.entries(split)) {
    counts[severityOf(Number(score))] += n
    seen += n
  }
  counts.none += Math.max(0, total - seen)
  return counts
}
