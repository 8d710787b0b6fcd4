import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

/** A Metron just started with the demo, to test against instead of the fake API; with its METRON_PASSWORD. */
const real = process.env.METRON_URL
const port = Number(process.env.FAKE_API_PORT ?? 8097)
const chromium = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)

export default defineConfig({
  testDir: 'test/browser',
  testMatch: real ? 'real.e2e.ts' : 'fake/*.e2e.ts',
  timeout: 20_000,
  expect: { timeout: 8_000 },
  // One browser: the machine that runs this has two cores and other work.
  workers: 1,
  forbidOnly: true,
  reporter: [['list']],
  outputDir: 'target/browser',
  use: {
    baseURL: real ?? `http://127.0.0.1:${port}`,
    viewport: { width: 1280, height: 800 },
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(chromium && { executablePath: chromium }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
  ...(!real && {
    webServer: {
      command: `${existsSync('dist/index.html') ? '' : 'npm run build && '}node test/fake-api/serve.mjs`,
      env: { PORT: String(port) },
      url: `http://127.0.0.1:${port}/`,
      reuseExistingServer: false,
    },
  }),
})
