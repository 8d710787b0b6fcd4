import { expect, test } from './support'

test.use({ user: '' })

test('signs in and goes on to the page that was asked for', async ({ page }) => {
  await page.goto('/search?q=event.module%3Azeek')
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await page.getByLabel('User name').fill('admin')
  await page.getByRole('textbox', { name: 'Password' }).fill('wrong')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toHaveText('User name or password is wrong.')
  await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Search', level: 1 })).toBeVisible()
  await expect(page).toHaveURL(/q=event\.module/)
})

test('makes a newcomer choose a password first', async ({ page }) => {
  await page.goto('/')
  await page.getByLabel('User name').fill('newcomer')
  await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('textbox', { name: 'Current password' }).fill('correct horse battery')
  await page.getByRole('textbox', { name: 'New password', exact: true }).fill('a longer new one')
  await page.getByRole('textbox', { name: 'New password again' }).fill('a longer new ome')
  await expect(page.getByText('The two are not the same')).toBeVisible()
  await page.getByRole('textbox', { name: 'New password again' }).fill('a longer new one')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByRole('heading', { name: 'Alerts', level: 1 })).toBeVisible()
})

test('never leads to a foreign site after the sign-in', async ({ page }) => {
  await page.goto('/sign-in?next=//evil.example/')
  await page.getByLabel('User name').fill('admin')
  await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/alerts/)
})

test.describe('signed in', () => {
  test.use({ user: 'admin' })
  test('has on another machine what a person has chosen on this one', async ({ page, browser, baseURL }) => {
    await page.goto('/alerts')
    const before = await page.locator('html').getAttribute('data-mantine-color-scheme')
    const turn = page.getByRole('button', { name: /^Switch to the/ })
    const kept = (key: string) => page.waitForResponse((r) => r.url().endsWith(`/api/v1/settings/${key}`) && r.status() === 204)
    await Promise.all([kept('theme'), turn.click()])
    await page.getByRole('button', { name: 'Choose columns' }).click()
    await Promise.all([kept('alerts.columns'), page.getByRole('checkbox', { name: 'Sensor' }).uncheck()])

    const elsewhere = await browser.newPage({ baseURL })
    await elsewhere.goto('/sign-in')
    await elsewhere.getByLabel('User name').fill('admin')
    await elsewhere.getByRole('textbox', { name: 'Password' }).fill('correct horse battery')
    await elsewhere.getByRole('button', { name: 'Sign in' }).click()
    await expect(elsewhere.getByRole('columnheader', { name: 'Why' })).toBeVisible()
    await expect(elsewhere.getByRole('columnheader', { name: 'Sensor' })).toBeHidden()
    await expect(elsewhere.locator('html')).toHaveAttribute('data-mantine-color-scheme', before === 'dark' ? 'light' : 'dark')
    await elsewhere.close()
  })
})
