// Against a Metron that has just been started with the demo, as `bin/metron test` does: METRON_URL says where it is, and
// METRON_PASSWORD is the administrator's one-time password.
import { expect, type Page, test } from '@playwright/test'

const metron = process.env.METRON_URL ?? ''
const oneTime = process.env.METRON_PASSWORD ?? ''
const own = 'correct horse battery staple'

const rows = (page: Page) => page.getByRole('grid').getByRole('row').filter({ has: page.getByRole('gridcell') })

async function signIn(page: Page, password: string) {
  await page.goto(`${metron}/sign-in`)
  await page.getByLabel('User name').fill('admin')
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test.beforeAll(async ({ browser, playwright }) => {
  const client = await playwright.request.newContext({ baseURL: metron })
  const known = await client.post('/api/v1/session', { data: { username: 'admin', password: own } })
  await client.dispose()
  if (known.ok()) return // a worker that begins again after a failure
  const page = await browser.newPage()
  await signIn(page, oneTime)
  await page.getByRole('textbox', { name: 'Current password' }).fill(oneTime)
  await page.getByRole('textbox', { name: 'New password', exact: true }).fill(own)
  await page.getByRole('textbox', { name: 'New password again' }).fill(own)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByRole('heading', { name: 'Alerts', level: 1 })).toBeVisible()
  await page.close()
})

test.beforeEach(async ({ page }) => {
  await signIn(page, own)
  await expect(page.getByRole('heading', { name: 'Alerts', level: 1 })).toBeVisible()
})

test('the one-time password opens nothing any more', async ({ browser }) => {
  const page = await browser.newPage()
  await signIn(page, oneTime)
  await expect(page.getByRole('alert')).toContainText('wrong')
  await page.close()
})

test('an alert is found, understood, escalated and taken back', async ({ page }) => {
  await page.goto('/alerts?from=now-30d&to=now&sort=-event.risk_score')
  await expect(rows(page).first()).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Why it fired' }).getByRole('listitem').first()).toBeVisible()
  await expect(page.getByRole('region', { name: 'Around it' })).toContainText(/This alert:|Nothing else/)
  await page.keyboard.press('e')
  await expect(page.getByRole('region', { name: 'History' })).toContainText('to escalated')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('region', { name: 'History' })).toContainText('changed escalated to')
})

test('events are searched, filtered and opened', async ({ page }) => {
  await page.goto('/search?from=now-30d&to=now')
  await expect(rows(page).first()).toBeVisible()
  await page.getByRole('textbox', { name: 'Query' }).fill('source.ip:10.0.0.0/8 OR source.ip:192.168.0.0/16 OR source.ip:172.16.0.0/12')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Run' }).click()
  await rows(page).first().click()
  await expect(page.getByRole('complementary', { name: 'Event', exact: true })).toContainText('event.id')
})

test('a triage rule is made, is in use and is removed', async ({ page }) => {
  await page.goto('/configuration')
  const files = page.getByRole('navigation', { name: 'Files' })
  await page.getByRole('button', { name: 'New triage rules' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('console_test')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('triage/console_test.yaml is saved')).toBeVisible()
  await expect(page.getByText('The newest files are in use')).toBeVisible({ timeout: 15_000 })
  await expect(files.getByRole('link', { name: 'console_test.yaml' })).toBeVisible()
  await page.getByRole('button', { name: 'Remove…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(files.getByRole('link', { name: 'console_test.yaml' })).toHaveCount(0)
})

test('health adds up', async ({ page }) => {
  await page.goto('/operate/health')
  await expect(page.getByRole('region', { name: 'Ledger' })).toContainText('Adds up to the unit')
})
