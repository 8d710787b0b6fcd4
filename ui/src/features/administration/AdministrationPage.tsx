import { useNavigate, useSearch } from '@tanstack/react-router'
import { Failure } from '~/shared/states'
import { ApiError } from '~/api/client'
import { useRefusal } from '~/shell/session'
import { administrationSearch, type AdministrationTab, administrationTabs, useFrame } from '~/url'
import { Audit } from './Audit'
import { Tokens } from './Tokens'
import { Users } from './Users'
import classes from './AdministrationPage.module.css'

const labels: Record<AdministrationTab, string> = { users: 'Users', tokens: 'API tokens', audit: 'Audit log' }

export function AdministrationPage() {
  const { tab = 'users' } = administrationSearch(useSearch({ strict: false }) as Record<string, unknown>)
  const navigate = useNavigate()
  const { zone } = useFrame()
  const refused = useRefusal('administrator')
  if (refused) return <Failure error={new ApiError({ status: 403, title: 'Your role may not see this', detail: refused })} />
  return (
    <div className={classes.page}>
      <div className={classes.tabs} role="tablist" aria-label="Administration">
        {administrationTabs.map((t) => (
          <button key={t} type="button" role="tab" id={`tab-${t}`} aria-selected={t === tab} aria-controls="administration-panel" onClick={() => void navigate({ to: '.', search: (before: object) => ({ ...before, tab: t }) } as never)}>
            {labels[t]}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="administration-panel" aria-labelledby={`tab-${tab}`}>
        {tab === 'users' && <Users zone={zone} />}
        {tab === 'tokens' && <Tokens zone={zone} />}
        {tab === 'audit' && <Audit zone={zone} />}
      </div>
    </div>
  )
}
