import { expect, rows, test } from './support'

test('searches, shows an event beside the list and goes on from it', async ({ page }) => {
  await page.goto('/search?q=event.module%3Azeek')
  await rows(page).nth(2).click()
  const drawer = page.getByRole('complementary', { name: 'Event', exact: true })
  await expect(drawer).toContainText('zeek')
  await expect(page).toHaveURL(/open=e-/)
  await drawer.getByRole('tab', { name: 'JSON' }).click()
  await expect(drawer).toContainText('"event.module": "zeek"')
  await drawer.getByRole('button', { name: 'Pivot' }).click()
  await page.getByRole('menuitem', { name: /^Same host/ }).click()
  await expect(page).toHaveURL(/q=host\.name%3A/)
  await expect(drawer).toBeHidden()
})

test('makes a field a column and its top value a filter', async ({ page }) => {
  await page.goto('/search')
  await page.getByRole('button', { name: 'Fields', exact: true }).click()
  await page.getByLabel('Find a field').fill('dns.question.name')
  await page.getByRole('button', { name: 'Show dns.question.name as a column' }).click()
  await expect(page.getByRole('columnheader', { name: 'dns.question.name' })).toBeVisible()
  await page.getByRole('complementary', { name: 'Fields' }).getByRole('button', { name: 'dns.question.name', exact: true }).click()
  await page.getByRole('button', { name: /login-m1crosoft\.zip/ }).click()
  await expect(rows(page).first()).toContainText('login-m1crosoft.zip')
})

test('exports what was asked for', async ({ page }) => {
  await page.goto('/search?q=event.module%3Asquid')
  await expect(rows(page).first()).toBeVisible()
  await page.getByRole('button', { name: 'Export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: /^NDJSON/ }).click()
  expect((await download).suggestedFilename()).toBe('events.ndjson')
})

test('shows times in the zone of the URL', async ({ page }) => {
  await page.goto('/search?from=now-1h&to=now&tz=UTC')
  const time = rows(page).first().getByRole('time')
  const utc = await time.textContent()
  await page.getByRole('button', { name: 'Time zone: UTC' }).click()
  await page.getByLabel('Find a time zone').fill('tokyo')
  await page.getByRole('option', { name: /Tokyo/ }).click()
  await expect(page).toHaveURL(/tz=Asia/)
  await expect(time).not.toHaveText(utc!)
})

test('jumps from a pasted observable to its events', async ({ page }) => {
  await page.goto('/alerts')
  await expect(rows(page).first()).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Jump to a page or observable' }).fill('185.220.101[.]47')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/search\?.*q=related\.ip%3A185\.220\.101\.47/)
})
