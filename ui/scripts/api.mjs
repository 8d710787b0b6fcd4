// Generates src/api/schema.d.ts from the server's OpenAPI document. With --check: fails if the file is not current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'

const document = new URL('../../server/openapi.json', import.meta.url)
if (!existsSync(document)) throw new Error('server/openapi.json is missing: build the server module first')
const target = new URL('../src/api/schema.d.ts', import.meta.url)

const text =
  '// Generated from the OpenAPI document by `npm run api`. Change the server, not this file.\n' +
  astToString(await openapiTS(document, { alphabetize: true }))
const found = existsSync(target) ? readFileSync(target, 'utf8') : ''

if (!process.argv.includes('--check')) {
  writeFileSync(target, text)
} else if (found !== text) {
  console.error(`src/api/schema.d.ts does not match ${document.pathname}: run "npm run api" and commit the result`)
  process.exit(1)
}
