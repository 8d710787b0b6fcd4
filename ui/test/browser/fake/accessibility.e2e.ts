import { accessible, expect, rows, test } from './support'

// axe looks at every element: on a busy machine that takes a while.
test.describe.configure({ timeout: 90_000 })

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })

    test('the sign-in page is accessible', async ({ page, context }) => {
      await context.clearCookies()
      await page.goto('/sign-in')
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
      await accessible(page)
    })

    test('the alerts are accessible, with a selection and a fault in the query', async ({ page }) => {
      await page.goto('/alerts?q=event.module%3Azeek')
      await expect(rows(page).first()).toBeVisible()
      await page.keyboard.press('j')
      await page.keyboard.press('x')
      await page.getByRole('textbox', { name: 'Query' }).fill('nofield:1')
      await page.keyboard.press('Escape')
      await expect(page.getByText(/there is no field/)).toBeVisible()
      await accessible(page)
    })

    test('the alert page is accessible', async ({ page }) => {
      await page.goto('/alerts/a-01000000')
      await expect(page.getByText('This alert:')).toBeVisible()
      await accessible(page)
    })

    test('the search is accessible, with an event open', async ({ page }) => {
      await page.goto('/search')
      await rows(page).first().click()
      await expect(page.getByRole('complementary', { name: 'Event', exact: true })).toBeVisible()
      await accessible(page)
    })

    test('health and administration are accessible', async ({ page }) => {
      await page.goto('/operate/health')
      await expect(page.getByText('Adds up to the unit')).toBeVisible()
      await expect(page.getByRole('region', { name: 'Dead letters' })).toContainText('42 messages')
      await accessible(page)
      await page.goto('/administration')
      await expect(page.getByText('5 users')).toBeVisible()
      await accessible(page)
    })

    test('the configuration is accessible: a file with the search open, its changes, the history and a new file', async ({ page }) => {
      await page.goto('/configuration')
      await expect(page.getByRole('heading', { name: 'What Metron does with your events' })).toBeVisible()
      await accessible(page)
      await page.getByRole('link', { name: 'web.yaml' }).click()
      await page.locator('.cm-content').click()
      await page.keyboard.insertText('# ')
      await page.getByRole('button', { name: 'Changes' }).click()
      await page.locator('.cm-content').click()
      await page.keyboard.press('Control+f')
      await expect(page.getByRole('button', { name: 'replace all' })).toBeVisible()
      await accessible(page)
      await page.getByRole('button', { name: 'New file' }).click()
      await expect(page.getByRole('dialog', { name: 'New file' })).toBeVisible()
      await accessible(page)
      await page.keyboard.press('Escape')
      await page.getByRole('tab', { name: 'History' }).click()
      await expect(page.getByRole('group', { name: 'Difference in triage/web.yaml' })).toBeVisible()
      await accessible(page)
    })

    test('the help sheet and the palette are accessible', async ({ page }) => {
      await page.goto('/administration?tab=tokens')
      await expect(page.getByText('1 token')).toBeVisible()
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog', { name: 'Keyboard and queries' })).toBeVisible()
      await accessible(page)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('combobox', { name: /Jump to/ })).toBeVisible()
      await accessible(page)
    })
  })
}
