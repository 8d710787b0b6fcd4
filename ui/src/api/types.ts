/**
 * The API's shapes under the names that the console uses. The only file that looks into the generated document, so that a
 * renamed schema is one change here.
 */
import type { components } from './schema'

type Schemas = components['schemas']

/** Flat: dotted ECS name to string, number, boolean or a list of these. */
export type EventFields = Record<string, unknown>

export type Session = Schemas['Session']
export type Role = Session['role']
export type SearchBody = Schemas['SearchBody']
export type SearchAnswer = Schemas['SearchAnswer']
export type Hit = { event: EventFields; highlights?: Record<string, string> }
export type Count = Schemas['ValueCount']
export type Histogram = Schemas['Histogram']
export type QueryCheck = Schemas['QueryCheck']
export type QueryError = Schemas['QueryError']
export type FieldInfo = Schemas['FieldView']
export type AlertView = Schemas['AlertView']
export type Contribution = Schemas['ContributionView']
export type RelatedGroup = Schemas['RelatedGroup']
export type HealthView = Schemas['HealthView']
export type PartHealth = HealthView['parts'][number]
export type SensorHealth = Schemas['SensorHealth']
export type DeadLetter = Schemas['DeadLetterView']
export type Stage = DeadLetter['stage']
export type Preview = Schemas['PreviewView']
export type User = Schemas['UserView']
export type Token = Schemas['TokenView']
export type AuditEntry = Schemas['AuditEntry']
export type ConfigFile = Schemas['ConfigFileView']
export type ConfigText = Schemas['ConfigTextView']
export type Revision = Schemas['RevisionView']
export type Fault = Schemas['Fault']

export const statuses = ['new', 'open', 'escalated', 'resolved', 'dismissed'] as const
export type Status = (typeof statuses)[number]

export const roles: readonly Role[] = ['viewer', 'analyst', 'engineer', 'administrator']
