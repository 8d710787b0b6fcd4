import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'

export { expect, type Page }

/** Each test starts on a signed-in page of a server that nobody has changed, and fails on any script error or CSP violation. */
export const test = base.extend<{ user: string; signedIn: undefined }>({
  user: ['admin', { option: true }],
  signedIn: [
    async ({ page, request, user }, use) => {
      const faults: string[] = []
      page.on('pageerror', (error) => faults.push(error.message))
      page.on('console', (message) => {
        // A refused request is logged by the browser as an error; the tests look at what the console shows instead.
        if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) faults.push(message.text())
      })
      await request.post('/fake/reset')
      if (user) await signIn(page, user)
      await use(undefined)
      expect(faults).toEqual([])
    },
    { auto: true },
  ],
})

export async function signIn(page: Page, user: string, password = 'correct horse battery') {
  // Through the API: the form has its own test, and each other test would only wait for it.
  await page.goto('/favicon.svg')
  await page.evaluate(
    async ([username, secret]) => {
      await fetch('/api/v1/session')
      await fetch('/api/v1/session', { method: 'POST', headers: { 'content-type': 'application/json', 'x-xsrf-token': 'fake-csrf' }, body: JSON.stringify({ username, password: secret }) })
    },
    [user, password],
  )
}

export const rows = (page: Page) => page.getByRole('grid').getByRole('row').filter({ has: page.getByRole('gridcell') })

/** Fails on every violation of WCAG 2.2 A and AA that axe finds. */
export async function accessible(page: Page) {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect(found.violations.map((v) => `${v.id} (${v.impact}): ${v.nodes.map((n) => `${n.target.join(' ')} ${n.any[0]?.message ?? ''}`).slice(0, 4).join(' | ')}`)).toEqual([])
}
