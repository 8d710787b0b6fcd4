import { Button, NativeSelect, Textarea } from '@mantine/core'
import { IconPlayerPlay, IconRotateClockwise } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { answer, http } from '~/api/client'
import { deadLettersQuery, healthQuery, sensorsQuery } from '~/api/queries'
import type { DeadLetter, Stage } from '~/api/types'
import { plural, visible } from '~/shared/format'
import { Outcome } from '~/shared/Outcome'
import { Busy, Empty, Failure } from '~/shared/states'
import { shortTime } from '~/shared/time/format'
import { showDone } from '~/shared/undo'
import { type LetterSearch, letterSearch, stages } from '~/url'
import { Refusable } from '../alerts/TriageBar'
import { report } from '../alerts/triage'
import classes from './HealthPage.module.css'

/** What could not be taken, with the reason; look at it, correct it, try it, send it again. */
export function DeadLetters({ zone, refused }: { zone: string; refused: string | undefined }) {
  const search = letterSearch(useSearch({ strict: false }) as Record<string, unknown>)
  const navigate = useNavigate()
  const set = (change: LetterSearch) => void navigate({ to: '.', search: (before: object) => ({ ...before, ...change }), replace: true, resetScroll: false } as never)
  const letters = useInfiniteQuery(deadLettersQuery({ sensor: search.sensor, stage: search.stage }))
  const items = letters.data?.pages.flatMap((page) => page.items) ?? []
  const total = letters.data?.pages[0]?.total ?? 0
  const open = items.find((item) => item.id === search.letter) ?? items[0]
  const sensors = [...new Set([...(useQuery(healthQuery).data?.sensors.filter((s) => s.deadLetters > 0).map((s) => s.name) ?? []), ...(search.sensor ? [search.sensor] : [])])]
  return (
    <section className="panel" aria-labelledby="letters-title" id="dead-letters">
      <header>
        <h2 id="letters-title">Dead letters</h2>
        <span className="muted num">{letters.data ? plural(total, 'message') : ''}</span>
        <span className="spacer" />
        <NativeSelect size="xs" aria-label="Sensor" value={search.sensor ?? ''} onChange={(e) => set({ sensor: e.currentTarget.value || undefined, letter: undefined })} data={[{ value: '', label: 'Every sensor' }, ...sensors]} />
        <NativeSelect size="xs" aria-label="Stage" value={search.stage ?? ''} onChange={(e) => set({ stage: (e.currentTarget.value || undefined) as Stage | undefined, letter: undefined })} data={[{ value: '', label: 'Every stage' }, ...stages]} />
      </header>
      <Busy active={letters.isFetching} label="Loading dead letters" />
      {letters.isError && items.length === 0 ? (
        <Failure error={letters.error} retry={() => void letters.refetch()} compact />
      ) : items.length === 0 && !letters.isPending ? (
        <Empty title="No dead letters" compact>
          {search.sensor || search.stage ? 'None with this filter.' : 'Every message that arrived could be taken.'}
        </Empty>
      ) : (
        <div className={classes.letters}>
          <ul className={classes.letterList} aria-label="Dead letters">
            {items.map((item) => (
              <li key={item.id}>
                <button type="button" aria-current={item.id === open?.id || undefined} onClick={() => set({ letter: item.id })}>
                  <span className="row">
                    <strong>{visible(item.sensor, 30)}</strong>
                    <span className={classes.stage}>{item.stage}</span>
                    <span className="spacer" />
                    <span className="muted num">{shortTime(Date.parse(item.at), zone)}</span>
                  </span>
                  <span className="clip">{visible(item.reason, 200)}</span>
                  <span className={`clip mono ${classes.excerpt}`}>{visible(item.text, 200)}</span>
                </button>
              </li>
            ))}
            {letters.hasNextPage && (
              <li>
                <Button variant="subtle" fullWidth onClick={() => void letters.fetchNextPage()} loading={letters.isFetchingNextPage}>
                  Load more
                </Button>
              </li>
            )}
          </ul>
          {open && <Letter key={open.id} letter={open} zone={zone} refused={refused} />}
        </div>
      )}
    </section>
  )
}

function Letter({ letter, zone, refused }: { letter: DeadLetter; zone: string; refused: string | undefined }) {
  const [draft, setDraft] = useState(letter.text)
  const [sensor, setSensor] = useState(letter.sensor)
  const sensors = useQuery(sensorsQuery).data?.map((s) => s.name) ?? []
  const client = useQueryClient()
  const changes = { ...(draft !== letter.text && { text: draft }), ...(sensor !== letter.sensor && { sensor }) }
  const attempt = useMutation({
    mutationFn: () => answer(http.POST('/api/v1/dead-letters/{id}/try', { params: { path: { id: letter.id } }, body: changes })),
    onError: report,
  })
  const replay = useMutation({
    mutationFn: () => answer(http.POST('/api/v1/dead-letters/{id}/replay', { params: { path: { id: letter.id } }, body: changes })),
    onSuccess: () => {
      showDone(`Sent again to ${sensor}`)
      void client.invalidateQueries({ queryKey: ['dead-letters'] })
    },
    onError: report,
  })
  return (
    <div className={classes.letter}>
      <dl className={classes.letterFacts}>
        <dt>Reason</dt>
        <dd className={classes.reason}>{visible(letter.reason, 1000)}</dd>
        <dt>Stage</dt>
        <dd>{letter.stage}</dd>
        <dt>Origin</dt>
        <dd className="mono">{visible(letter.origin, 200)}</dd>
      </dl>
      <Textarea
        label="Message"
        description={letter.text.includes('\ufffd') ? 'Some bytes are not UTF-8; unchanged text is sent with the bytes that arrived.' : undefined}
        value={draft}
        onChange={(e) => {
          setDraft(e.currentTarget.value)
          attempt.reset()
        }}
        autosize
        minRows={3}
        maxRows={12}
        spellCheck={false}
        classNames={{ input: classes.message }}
      />
      <div className={classes.letterActions}>
        <NativeSelect
          size="xs"
          aria-label="Read it as sensor"
          value={sensor}
          onChange={(e) => {
            setSensor(e.currentTarget.value)
            attempt.reset()
          }}
          data={[...new Set([letter.sensor, ...sensors])]}
        />
        <Refusable refused={refused}>
          <Button variant="default" leftSection={<IconPlayerPlay size={14} />} onClick={() => attempt.mutate()} loading={attempt.isPending} disabled={Boolean(refused)}>
            Try it
          </Button>
        </Refusable>
        <Refusable refused={refused}>
          <Button leftSection={<IconRotateClockwise size={14} />} onClick={() => replay.mutate()} loading={replay.isPending} disabled={Boolean(refused)}>
            Replay
          </Button>
        </Refusable>
        {Object.keys(changes).length > 0 && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => {
              setDraft(letter.text)
              setSensor(letter.sensor)
              attempt.reset()
            }}
          >
            Undo changes
          </Button>
        )}
      </div>
      <div aria-live="polite">{attempt.data && <Outcome preview={attempt.data} zone={zone} refused="Still refused" accepted="It can be read now" />}</div>
    </div>
  )
}
