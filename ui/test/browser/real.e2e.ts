// Against a running Metron with demo data: METRON_URL, METRON_USER and METRON_PASSWORD say where and who.
import { expect, type Page, test } from '@playwright/test'

const rows = (page: Page) => page.getByRole('grid').getByRole('row').filter({ has: page.getByRole('gridcell') })

test.beforeEach(async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByLabel('User name').fill(process.env.METRON_USER ?? 'admin')
  await page.getByRole('textbox', { name: 'Password' }).fill(process.env.METRON_PASSWORD ?? '')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Alerts', level: 1 })).toBeVisible()
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

test('health adds up', async ({ page }) => {
  await page.goto('/operate/health')
  await expect(page.getByRole('region', { name: 'Ledger' })).toContainText('Adds up to the unit')
})
