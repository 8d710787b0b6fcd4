// What Maven calls: `npm ci` when the lock file changed, `npm run build` when anything the console is made of changed.
// Content decides, not dates: a fresh checkout of the same commit has new dates but the same files.
import { execSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

process.chdir(new URL('..', import.meta.url).pathname)

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node.js is ${process.versions.node}, expected 20.19 or newer; -Dui.skip=true builds without the console`)
  process.exit(1)
}

const files = (path) => readdirSync(path, { withFileTypes: true, recursive: true }).filter((f) => f.isFile()).map((f) => join(f.parentPath, f.name)).sort()
const hash = (paths) => {
  const sum = createHash('sha256')
  for (const path of paths) sum.update(path).update('\0').update(readFileSync(path)).update('\0')
  return sum.digest('hex')
}
const stampOf = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')
const run = (command) => execSync(command, { stdio: 'inherit' })

const lock = hash(['package.json', 'package-lock.json'])
const inputs = hash(['package.json', 'package-lock.json', 'vite.config.ts', 'tsconfig.json', 'index.html', ...files('src'), ...files('public')])

mkdirSync('target', { recursive: true })
if (stampOf('target/built') === inputs && existsSync('dist/index.html')) {
  console.log('The console is up to date')
} else {
  if (stampOf('node_modules/.lock-stamp') !== lock) {
    run('npm ci --no-audit --no-fund')
    writeFileSync('node_modules/.lock-stamp', lock)
  }
  run('npm run build')
  writeFileSync('target/built', inputs)
}
