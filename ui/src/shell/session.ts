import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { answer, http } from '~/api/client'
import { sessionQuery } from '~/api/queries'
import { type Role, roles } from '~/api/types'

export function useSession() {
  return useQuery(sessionQuery).data ?? undefined
}

/** Undefined if the signed-in person may do what needs this role, else the sentence that says why not. */
export function useRefusal(needed: Role): string | undefined {
  const session = useSession()
  return refusal(session?.role, needed)
}

export function refusal(role: Role | undefined, needed: Role): string | undefined {
  if (role && roles.indexOf(role) >= roles.indexOf(needed)) return undefined
  return `This needs the role ${needed}; yours is ${role ?? 'none'}.`
}

export function useSignOut() {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () => answer(http.DELETE('/api/v1/session')),
    onSettled: async () => {
      client.clear()
      await navigate({ to: '/sign-in' })
    },
  })
}
