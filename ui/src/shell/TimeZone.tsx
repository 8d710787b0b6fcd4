import { Combobox, ScrollArea, useCombobox } from '@mantine/core'
import { IconWorld } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { browserZone, isZone, zoneOffset } from '~/shared/time/format'
import { useFrame } from '~/url'
import classes from './TimeRange.module.css'

const zones = () => [...new Set(['UTC', browserZone, ...Intl.supportedValuesOf('timeZone')])]

export function TimeZone() {
  const { zone, setZone } = useFrame()
  const [search, setSearch] = useState('')
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setSearch('')
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  })
  const wanted = search.trim().toLowerCase().replace(/\s+/g, '_')
  const found = useMemo(() => (combobox.dropdownOpened ? zones().filter((z) => z.toLowerCase().includes(wanted)).concat(wanted.includes('/') && isZone(wanted) ? [wanted] : []).slice(0, 60) : []), [wanted, combobox.dropdownOpened])
  return (
    <Combobox
      store={combobox}
      width={260}
      position="bottom-end"
      onOptionSubmit={(chosen) => {
        void setZone(chosen)
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <button type="button" className={classes.zone} onClick={() => combobox.toggleDropdown()} aria-label={`Time zone: ${zone}`} aria-expanded={combobox.dropdownOpened} aria-haspopup="listbox">
          <IconWorld size={15} stroke={1.6} aria-hidden />
          {zone.split('/').at(-1)?.replaceAll('_', ' ')}
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search value={search} onChange={(e) => setSearch(e.currentTarget.value)} placeholder="Find a time zone" aria-label="Find a time zone" />
        <Combobox.Options aria-label="Time zones">
          <ScrollArea.Autosize mah={280} type="auto">
            {found.map((z) => (
              <Combobox.Option key={z} value={z} active={z === zone}>
                <span className="row">
                  <span className="clip">{z.replaceAll('_', ' ')}</span>
                  <span className="spacer" />
                  <span className="muted num">{zoneOffset(Date.now(), z)}</span>
                </span>
              </Combobox.Option>
            ))}
            {found.length === 0 && <Combobox.Empty>No zone has that name</Combobox.Empty>}
          </ScrollArea.Autosize>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
