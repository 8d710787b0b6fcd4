/** The files below `conf/`: which kinds there are, what a new one may be called, and what it begins with. */
import sensor from './templates/sensors.yaml?raw'
import transformation from './templates/transformations.yaml?raw'
import rules from './templates/triage.yaml?raw'

export type Kind = 'settings' | 'sensors' | 'transformations' | 'triage' | 'other'
export type NewKind = Exclude<Kind, 'settings' | 'other'>

export const kinds: readonly { kind: Kind; title: string; folder: string }[] = [
  { kind: 'settings', title: 'Settings', folder: '' },
  { kind: 'sensors', title: 'Sensors', folder: 'sensors/' },
  { kind: 'transformations', title: 'Transformations', folder: 'transformations/' },
  { kind: 'triage', title: 'Triage rules', folder: 'triage/' },
  { kind: 'other', title: 'Other files', folder: '' },
]

export const settingsFile = 'metron.yaml'

/** What each kind is called and for, where one is made. */
export const newKinds: Record<NewKind, { one: string; about: string; guide: string }> = {
  triage: { one: 'Triage rules', about: 'Say how bad an event is: a condition, a score and a reason', guide: 'docs/rules.md' },
  sensors: { one: 'Sensor', about: 'Say what the lines of a source look like, and which field each part is', guide: 'docs/write-a-sensor.md' },
  transformations: { one: 'Transformation', about: 'Change, remove or compute fields of parsed events', guide: 'docs/transformations.md' },
}

export function kindOf(path: string): Kind {
  if (path === settingsFile) return 'settings'
  if (!/\.ya?ml$/.test(path)) return 'other'
  return kinds.find(({ folder }) => folder !== '' && path.startsWith(folder))?.kind ?? 'other'
}

/** The path without what its group already says. */
export function nameInGroup(path: string): string {
  const folder = kinds.find(({ kind }) => kind === kindOf(path))!.folder
  return path.slice(folder.length)
}

/** Paths by kind, each sorted; the kinds that can be made are there even when empty. */
export function grouped(paths: readonly string[], wanted = ''): { kind: Kind; title: string; folder: string; paths: string[] }[] {
  const needle = wanted.trim().toLowerCase()
  const found = [...new Set(paths)].filter((path) => path.toLowerCase().includes(needle)).sort()
  return kinds
    .map((group) => ({ ...group, paths: found.filter((path) => kindOf(path) === group.kind) }))
    .filter(({ kind, paths: of }) => of.length > 0 || (needle === '' && kind in newKinds))
}

/** The path for what a person typed as the name of a new file. */
export function newPath(kind: NewKind, typed: string): string {
  const name = typed.trim().replace(/\.ya?ml$/, '')
  return `${kind}/${name}.yaml`
}

/** Why a new file can't be called so; undefined: it can. */
export function nameFault(kind: NewKind, typed: string, existing: readonly string[]): string | undefined {
  const name = typed.trim().replace(/\.ya?ml$/, '')
  if (name === '') return 'A name is missing.'
  if (kind === 'sensors' && !/^[a-z0-9][a-z0-9_]{0,63}$/.test(name)) {
    return 'A sensor’s name has small letters, digits and underscores, and begins with a letter or digit.'
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/.test(name) || name.length > 120) {
    return 'Use letters, digits, “-”, “_” and “.”, and “/” for a folder; each part begins with a letter or digit.'
  }
  const path = newPath(kind, typed)
  const other = existing.find((p) => p === path || p === path.replace(/\.yaml$/, '.yml'))
  if (other) return `${other} is there already.`
  const folder = existing.find((p) => p.startsWith(`${path}/`) || path.startsWith(`${p}/`))
  return folder && `${path} can’t be beside ${folder}.`
}

/** What a new file begins with: complete, with a test, and harmless until somebody changes it. */
export function template(kind: NewKind, path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.yaml$/, '')
  return templates[kind].replaceAll('example_sensor', name)
}

const templates: Record<NewKind, string> = { sensors: sensor, transformations: transformation, triage: rules }
