import { describe, expect, it } from 'vitest'
import { bySeverity, severityOf } from '../../src/shared/severity'

describe('severityOf', () => {
  it('has its borders where the query ranges have them', () => {
    expect([100, 90, 89.9, 70, 69.9, 40, 39.9, 0.1, 0, undefined, NaN].map(severityOf)).toEqual(['critical', 'critical', 'high', 'high', 'medium', 'medium', 'low', 'low', 'none', 'none', 'none'])
  })
})

describe('bySeverity', () => {
  it('sums the scores, and calls none what the split leaves out', () => {
    expect(bySeverity({ '95': 2, '90.0': 1, '70': 4, '12.5': 5 }, 14)).toEqual({ critical: 3, high: 4, medium: 0, low: 5, none: 2 })
  })
})
