import { accessible, expect, test } from './support'

test('shows why an alert fired, both ends, what is around it and its fields', async ({ page }) => {
  await page.goto('/alerts/a-01000005')
  await expect(page.getByRole('region', { name: 'Why it fired' }).getByRole('listitem')).not.toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Source', exact: true })).toContainText(/10\.\d+\.\d+\.\d+/)
  await expect(page.getByRole('region', { name: 'Destination', exact: true })).toContainText('AS')
  const around = page.getByRole('region', { name: 'Around it' })
  await expect(around).toContainText('This alert:')
  await around.getByRole('button', { name: /^Host [\w-]+ 168$/ }).click()
  await expect(around.getByRole('listitem')).toHaveCount(25)
  const fields = page.getByRole('region', { name: 'All fields' })
  await fields.getByLabel('Find a field or value').fill('community')
  await expect(fields.getByRole('row')).toHaveCount(2)
  await fields.getByRole('button', { name: /Filter for network\.community_id/ }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/alerts\?.*q=network\.community_id/)
})

test('changes the status, and takes it back', async ({ page }) => {
  await page.goto('/alerts/a-01000005')
  await page.getByRole('button', { name: 'Resolve' }).click()
  await expect(page.getByText('Alert is resolved')).toBeVisible()
  await expect(page.getByRole('region', { name: 'History' })).toContainText('admin changed new to resolved')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('region', { name: 'History' })).toContainText('admin changed resolved to new')
})

test('does not overwrite what somebody else did in the meantime', async ({ page, request }) => {
  await page.goto('/alerts/a-01000005')
  await expect(page.getByRole('button', { name: 'New', exact: true })).toBeVisible()
  await request.post('/fake/change?id=a-01000005&status=dismissed&quiet')
  await page.keyboard.press('e')
  await expect(page.getByText('Somebody else changed this alert')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Dismissed', exact: true })).toBeVisible()
})

test('is assigned to somebody, and says to whom', async ({ page }) => {
  await page.goto('/alerts/a-01000005')
  await page.getByRole('button', { name: 'Assign', exact: true }).click()
  await page.getByRole('menuitem', { name: 'To mara.lind' }).click()
  await expect(page.getByRole('button', { name: 'Assigned to mara.lind' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'History' })).toContainText('admin assigned it to mara.lind')
})

test('gives credit for places and networks where they are shown, and in About', async ({ page }) => {
  await page.goto('/alerts/a-01000005')
  await expect(page.getByRole('region', { name: 'Destination', exact: true }).getByRole('link', { name: 'IP Geolocation by DB-IP' })).toHaveAttribute('href', 'https://db-ip.com')
  await page.getByRole('button', { name: 'Account of admin' }).click()
  await page.getByRole('menuitem', { name: 'About Metron' }).click()
  const about = page.getByRole('dialog', { name: 'About Metron' })
  await expect(about).toContainText('Version 1.0.0-SNAPSHOT')
  await expect(about.getByRole('link', { name: 'DB-IP' })).toBeVisible()
  await expect(about).toContainText('CC BY 4.0')
  await accessible(page)
})

test('comments', async ({ page }) => {
  await page.goto('/alerts/a-01000005')
  await page.getByLabel('New comment').fill('Looked at the host: <b>clean</b>')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('region', { name: 'Comments' })).toContainText('Looked at the host: <b>clean</b>')
  await page.getByRole('button', { name: 'Remove the comment' }).click()
  await expect(page.getByRole('region', { name: 'Comments' })).not.toContainText('Looked at the host')
})

test('says that an alert does not exist', async ({ page }) => {
  await page.goto('/alerts/a-nothing')
  await expect(page.getByRole('heading', { name: 'This alert does not exist' })).toBeVisible()
})
