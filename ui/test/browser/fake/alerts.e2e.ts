import { expect, rows, signIn, test } from './support'

test('scrolls through a list of a million alerts with only what is in sight in the page and in the memory', async ({ page }) => {
  await page.goto('/alerts?from=now-40d&to=now')
  await expect(page.getByText('1,000,000 alerts')).toBeVisible()
  const grid = page.getByRole('grid', { name: 'Alerts' })
  await expect(grid).toHaveAttribute('aria-rowcount', '1000001')
  const reached = async () => {
    await grid.evaluate((e) => e.scrollTo(0, e.scrollHeight))
    const place = await page.getByText(/^Rows [\d,]+ to/).innerText()
    return Number(/to ([\d,]+) of 1,000,000/.exec(place)![1]!.replaceAll(',', ''))
  }
  await expect.poll(reached, { intervals: [50] }).toBeGreaterThan(3000)
  await expect(rows(page).first()).toBeVisible()
  expect(await rows(page).count()).toBeLessThan(80)
  // Back at the top the rows are there at once, and are the same.
  await grid.evaluate((e) => e.scrollTo(0, 0))
  await expect(rows(page).first()).toHaveAttribute('id', 'row-a-01000000')
})

test('goes to the other end of a list of a million alerts', async ({ page }) => {
  await page.goto('/alerts?from=now-40d&to=now')
  await expect(rows(page).first()).toHaveAttribute('id', 'row-a-01000000')
  await page.keyboard.press('End')
  await expect(rows(page).first()).toHaveAttribute('id', 'row-a-01999999')
  await expect(page).toHaveURL(/sort=%40timestamp|sort=@timestamp/)
  await page.getByRole('button', { name: 'To the newest' }).click()
  await expect(rows(page).first()).toHaveAttribute('id', 'row-a-01000000')
})

test('is where it was left after a look at an alert', async ({ page }) => {
  await page.goto('/alerts')
  await expect(rows(page).first()).toBeVisible()
  for (let i = 0; i < 3; i++) await page.keyboard.press('PageDown')
  const active = page.locator('[role=row][data-active]')
  await expect(active).toHaveAttribute('aria-rowindex', '61')
  const id = await active.getAttribute('id')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Why it fired' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(active).toHaveAttribute('id', id!)
  await expect(active).toBeInViewport()
})

test('shows and filters by severity', async ({ page }) => {
  await page.goto('/alerts')
  await expect(page.getByRole('figure', { name: /\d critical, .*\d high, .*\d medium/ })).toBeVisible()
  await page.getByRole('button', { name: /^Critical/ }).click()
  await expect(page.getByRole('textbox', { name: 'Query' })).toHaveText('event.risk_score:>=90')
  await expect(page.getByRole('button', { name: /^Critical/ })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByRole('button', { name: /^High/ })).toBeHidden()
  await page.getByRole('button', { name: /^Critical/ }).click()
  await page.getByRole('button', { name: 'Filter out Severity High' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Query' })).toHaveText('NOT event.risk_score:[70 TO 90}')
})

test('keeps the question in the URL and gives it back', async ({ page }) => {
  await page.goto('/alerts')
  await page.getByRole('button', { name: /^suricata/ }).click()
  await expect(page).toHaveURL(/q=event\.module%3Asuricata/)
  await page.getByRole('button', { name: 'Filter out Status dismissed' }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/NOT\+alert\.status%3Adismissed|NOT%20alert\.status%3Adismissed/)
  await page.getByRole('button', { name: 'Sort by score' }).or(page.getByRole('columnheader', { name: 'Score' }).getByRole('button')).first().click()
  await expect(page).toHaveURL(/sort=-event\.risk_score/)
  const shared = page.url()
  await page.goto('/alerts')
  await page.goto(shared)
  await expect(page.getByRole('textbox', { name: 'Query' })).toHaveText('event.module:suricata AND NOT alert.status:dismissed')
  await expect(page.getByRole('columnheader', { name: 'Score' })).toHaveAttribute('aria-sort', 'descending')
  await page.goBack()
  await expect(page.getByRole('textbox', { name: 'Query' })).toHaveText(/Filter/)
})

test('completes fields and values, and points at the fault of a query', async ({ page }) => {
  await page.goto('/alerts')
  const query = page.getByRole('textbox', { name: 'Query' })
  await query.click()
  await page.keyboard.type('rule')
  await page.getByRole('option', { name: /rule\.name/ }).click()
  await page.getByRole('option', { name: /Denied by access list/ }).click()
  await expect(query).toHaveText('rule.name:"Denied by access list"')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/q=rule\.name/)
  await expect(rows(page).first()).toContainText('Firewall denied')

  await query.fill('rulename:x AND')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Run' }).click()
  await expect(page.getByText('Column 1: there is no field rulename')).toBeVisible()
  await page.getByRole('button', { name: 'Use rule.name' }).click()
  await expect(query).toHaveText('rule.name:x AND')
  await expect(page.getByText(/The query ends here/)).toBeVisible()
  await expect(page.getByText(/Expected a field, a word or \(/)).toBeVisible()
})

test('is worked through by keyboard alone, and takes back what was done', async ({ page }) => {
  await page.goto('/alerts')
  await expect(rows(page).first()).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await expect(page.getByText('2 alerts selected')).toBeVisible()
  await page.keyboard.press('e')
  await expect(page.getByText('2 alerts escalated')).toBeVisible()
  await expect(rows(page).nth(0)).toContainText('Escalated')
  await expect(rows(page).nth(1)).toContainText('Escalated')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rows(page).nth(0)).toContainText('New')
  await expect(rows(page).nth(1)).toContainText('New')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/alerts\/a-01000001/)
})

test('assigns and comments many at once, and says which could not be changed', async ({ page, request }) => {
  await page.goto('/alerts')
  await rows(page).nth(0).getByRole('checkbox').click()
  await rows(page).nth(2).getByRole('checkbox').click({ modifiers: ['Shift'] })
  await expect(page.getByText('3 alerts selected')).toBeVisible()
  await request.post('/fake/change?id=a-01000001&status=open&quiet')
  await page.getByRole('button', { name: 'Assign', exact: true }).click()
  await page.getByRole('menuitem', { name: 'To mara.lind' }).click()
  await expect(page.getByText('2 alerts assigned to mara.lind')).toBeVisible()
  await expect(page.getByText('1 alert not changed')).toBeVisible()
  await expect(rows(page).nth(0)).toContainText('mara.lind')
})

test('counts what arrives and moves no row until asked', async ({ page, request }) => {
  await page.goto('/alerts')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  const first = await rows(page).first().getAttribute('id')
  await request.post('/fake/emit?count=12')
  await expect(page.getByRole('button', { name: '12 new' })).toBeVisible()
  expect(await rows(page).first().getAttribute('id')).toBe(first)
  await request.post('/fake/change?id=a-01000000&status=resolved')
  await expect(rows(page).first()).toContainText('Resolved')
  await page.getByRole('button', { name: '12 new' }).click()
  await expect(rows(page).first()).toHaveAttribute('id', 'row-n-12')
})

test('narrows the time with a drag on the histogram', async ({ page }) => {
  await page.goto('/alerts')
  const plot = page.locator('.u-over')
  await expect(page.getByRole('figure', { name: /most at/ })).toBeVisible()
  const box = (await plot.boundingBox())!
  await page.mouse.move(box.x + box.width * 0.4, box.y + 30)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.6, box.y + 30, { steps: 4 })
  await page.mouse.up()
  await expect(page).toHaveURL(/from=2\d{3}-\d\d-\d\dT/)
  await page.getByRole('button', { name: /^Time range/ }).click()
  await page.getByRole('button', { name: 'Last hour' }).click()
  await expect(page).toHaveURL(/from=now-1h/)
})

test('narrows the time to a bar that is clicked on', async ({ page }) => {
  await page.goto('/alerts')
  await expect(page.getByRole('figure', { name: /most at/ })).toBeVisible()
  const box = (await page.locator('.u-over').boundingBox())!
  await page.mouse.click(box.x + box.width * 0.5, box.y + box.height - 4)
  await expect(page).toHaveURL(/from=2\d{3}-\d\d-\d\dT/)
  await page.goBack()
  await expect(page.getByRole('button', { name: 'Time range: Last 24 hours' })).toBeVisible()
})

test('chooses columns and keeps them in the URL', async ({ page }) => {
  await page.goto('/alerts')
  await page.getByRole('button', { name: 'Choose columns' }).click()
  await page.getByLabel('Find a column to add').fill('host')
  await page.getByRole('checkbox', { name: 'Host', exact: true }).check()
  await expect(page.getByRole('columnheader', { name: 'Host' })).toBeVisible()
  await expect(page).toHaveURL(/cols=.*host/)
})

test('says that nothing matches, and offers the way out', async ({ page }) => {
  await page.goto('/alerts?q=host.name:nowhere')
  await expect(page.getByRole('heading', { name: 'No alert matches this query here' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear the query', exact: true }).last().click()
  await expect(rows(page).first()).toBeVisible()
})

test('tells a viewer why an action is refused', async ({ page }) => {
  await signIn(page, 'viewer')
  await page.goto('/alerts')
  await rows(page).nth(0).getByRole('checkbox').click()
  const escalate = page.getByRole('button', { name: 'Escalate', exact: true })
  await expect(escalate).toBeDisabled()
  await escalate.hover({ force: true })
  await expect(page.getByText('This needs the role analyst; yours is viewer.')).toBeVisible()
})

test('shows hostile text as text', async ({ page }) => {
  let dialogs = 0
  page.on('dialog', (dialog) => {
    dialogs++
    void dialog.dismiss()
  })
  await page.goto('/alerts/a-01000003')
  await expect(page.getByRole('heading', { name: '<img src=x onerror=alert(1)> \\u202eexe.fdp' })).toBeVisible()
  expect(dialogs).toBe(0)
})
