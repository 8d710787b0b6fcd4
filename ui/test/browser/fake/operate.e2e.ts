import { expect, signIn, test } from './support'

test('says which part is not well and why, and that the ledger adds up', async ({ page }) => {
  await page.goto('/operate/health')
  await expect(page.getByRole('region', { name: 'Parts' }).getByRole('listitem').first()).toContainText('The database is 94 days old')
  await expect(page.getByRole('region', { name: 'Ledger' })).toContainText('Adds up to the unit')
  await expect(page.getByRole('row', { name: /syslog/ })).toContainText('silent')
})

test('shows a dead letter, mends it, tries it and sends it again', async ({ page }) => {
  await page.goto('/operate/health?sensor=asa')
  const letters = page.getByRole('region', { name: 'Dead letters' })
  await expect(letters).toContainText('14 messages')
  await letters.getByRole('button', { name: 'Try it' }).click()
  await expect(letters).toContainText('Still refused in parse: month "Foo" is not a month')
  const message = letters.getByLabel('Message')
  await message.fill((await message.inputValue()).replace('Foo', 'Nov'))
  await letters.getByRole('button', { name: 'Try it' }).click()
  await expect(letters).toContainText('It can be read now: 1 event')
  await letters.getByRole('button', { name: 'Replay' }).click()
  await expect(letters).toContainText('13 messages')
})

test('adds a user and shows the one-time password once', async ({ page }) => {
  await page.goto('/administration')
  await page.getByRole('button', { name: 'Add a user' }).click()
  await page.getByLabel('User name').fill('ravi.k')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText('random-Once-4711')
  await page.getByRole('button', { name: 'I have kept it' }).click()
  await expect(page.getByRole('row', { name: /ravi\.k/ })).toBeVisible()
  await page.getByRole('tab', { name: 'Audit log' }).click()
  await expect(page).toHaveURL(/tab=audit/)
  await page.getByRole('button', { name: 'Load older entries' }).click()
  await expect(page.getByRole('row')).toHaveCount(201)
})

test('explains to others that administration is not for them', async ({ page }) => {
  await signIn(page, 'mara.lind')
  await page.goto('/administration')
  await expect(page.getByRole('alert')).toContainText('This needs the role administrator; yours is analyst.')
})
