import { Button, NativeSelect, Textarea } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { answer, http } from '~/api/client'
import { sensorsQuery } from '~/api/queries'
import type { PartHealth } from '~/api/types'
import { plural, visible } from '~/shared/format'
import { useShortcuts } from '~/shared/keyboard'
import { Outcome } from '~/shared/Outcome'
import { Empty, Failure, PageLoading } from '~/shared/states'
import { report } from '../alerts/triage'
import classes from './ConfigurationPage.module.css'

export interface Trial {
  sensor?: string
  text: string
}

// What the server takes at once.
const mostLines = 500

interface Props {
  trial: Trial
  onChange: (trial: Trial) => void
  /** What is in use, so that nobody takes this for a test of what is not saved. */
  part: PartHealth | undefined
  unsaved: number
  zone: string
}

/** Lines through parse, transform, enrich and detect, as the stream would do it; nothing is stored. */
export function TryIt({ trial, onChange, part, unsaved, zone }: Props) {
  const sensors = useQuery(sensorsQuery)
  const attempt = useMutation({
    mutationFn: ({ sensor, lines }: { sensor: string; lines: string[] }) => answer(http.POST('/api/v1/sensors/{name}/preview', { params: { path: { name: sensor } }, body: { lines } })),
    onError: report,
  })
  const names = sensors.data?.map((s) => s.name) ?? []
  const sensor = trial.sensor && names.includes(trial.sensor) ? trial.sensor : names[0]
  const lines = trial.text.split(/\r?\n/).filter((l) => l.trim() !== '')
  const refused = lines.length > mostLines ? `${plural(lines.length, 'line')}; at most ${mostLines} at once.` : undefined
  const run = () => {
    if (sensor && lines.length > 0 && !refused) attempt.mutate({ sensor, lines })
  }
  useShortcuts({ 'mod+Enter': run })
  if (sensors.isPending) return <PageLoading />
  if (sensors.isError) return <Failure error={sensors.error} retry={() => void sensors.refetch()} />
  return (
    <div className={classes.trial}>
      <section className={classes.ask} aria-label="Lines to try">
        <div className={classes.form}>
          <p className={classes.lead}>
            Lines go through the definitions that are in use now: parsed, transformed, enriched and judged as arriving ones would be. Nothing is stored.
            {part && part.status !== 'ok' && <strong> The newest files are refused, so these are the ones before.</strong>}
            {unsaved > 0 && <strong> {plural(unsaved, 'file')} with changes that are not saved {unsaved === 1 ? 'is' : 'are'} not part of it.</strong>}
          </p>
          <NativeSelect label="Sensor" value={sensor} onChange={(e) => onChange({ ...trial, sensor: e.currentTarget.value })} data={sensors.data.map((s) => ({ value: s.name, label: s.product && s.product !== s.name ? `${s.name} (${visible(s.product, 60)})` : s.name }))} />
          <Textarea label="Lines" description="One record each" value={trial.text} onChange={(e) => onChange({ ...trial, text: e.currentTarget.value })} error={refused} autosize minRows={8} maxRows={22} spellCheck={false} classNames={{ input: classes.monoInput }} />
          <div className="row">
            <Button leftSection={<IconPlayerPlay size={14} />} onClick={run} loading={attempt.isPending} disabled={lines.length === 0 || Boolean(refused)} aria-keyshortcuts="Control+Enter">
              Try it
            </Button>
            <span className={classes.keys}>
              <kbd>Ctrl</kbd>
              <kbd>Enter</kbd>
            </span>
          </div>
        </div>
      </section>
      <section className={classes.answer} aria-label="What became of them" aria-live="polite" tabIndex={0}>
        {attempt.data ? (
          <ol>
            {attempt.data.map((preview, i) => (
              <li key={i}>
                <p className={`mono clip ${classes.line}`} title={visible(preview.line, 2000)}>
                  <span className="muted">{i + 1}</span> {visible(preview.line, 500)}
                </p>
                <Outcome preview={preview} zone={zone} refused="Refused" accepted="Read" />
              </li>
            ))}
          </ol>
        ) : (
          <Empty title="Paste a line and try it" compact>
            The event appears here, or where and why the line was refused.
          </Empty>
        )}
      </section>
    </div>
  )
}
