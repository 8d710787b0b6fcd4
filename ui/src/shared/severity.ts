export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'none'

/** One scale for the whole console: 0 to 100 as `event.risk_score` holds it. */
export function severityOf(score: number | undefined): Severity {
  if (score === undefined || Number.isNaN(score)) return 'none'
  if (score >= 90) return 'critical'
  if (score >= 70) return 'high'
  if (score >= 40) return 'medium'
  return score > 0 ? 'low' : 'none'
}

export function scoreOf(event: Record<string, unknown>): number | undefined {
  const score = event['event.risk_score']
  const number = typeof score === 'number' ? score : typeof score === 'string' ? Number(score) : NaN
  return Number.isNaN(number) ? undefined : number
}
