import { Modal } from '@mantine/core'
import classes from './HelpSheet.module.css'

const keys: { title: string; rows: [string[], string][] }[] = [
  {
    title: 'Everywhere',
    rows: [
      [['Ctrl', 'K'], 'Jump to a page, or to an IP address, domain, hash or URL that you paste'],
      [['/'], 'Write in the query bar'],
      [['?'], 'This sheet'],
    ],
  },
  {
    title: 'Lists',
    rows: [
      [['j'], 'Next row; PageDown goes further'],
      [['k'], 'Previous row; PageUp goes further'],
      [['Home'], 'First row'],
      [['End'], 'Last row: a long list turns round, oldest first'],
      [['x'], 'Select the row'],
      [['Shift', 'x'], 'Select all loaded rows, or none'],
      [['Enter'], 'Open the row'],
      [['e'], 'Escalate the selected alerts, or the row'],
      [['r'], 'Resolve the selected alerts, or the row'],
      [['Esc'], 'Close what is open, go back from an alert, or forget the selection'],
    ],
  },
  {
    title: 'Configuration',
    rows: [
      [['Ctrl', 'S'], 'Save the file'],
      [['Ctrl', 'F'], 'Find and replace in it'],
      [['F8'], 'The next fault of a refused save'],
      [['Ctrl', 'Enter'], 'Try the lines'],
    ],
  },
  {
    title: 'Bars over time',
    rows: [
      [['Drag'], 'Look at this time only; the back key of the browser undoes it'],
      [['Click'], 'Look at the time of one bar'],
    ],
  },
]

const queries: [string, string][] = [
  ['source.ip:10.0.0.0/8', 'addresses in a network'],
  ['dns.question.name:*.zip', 'wildcards'],
  ['event.risk_score:>=70', 'also > < <= and [10 TO 20]'],
  ['user.name:(alice OR bob)', 'one of several'],
  ['NOT event.outcome:failure', 'also AND, OR, + and -'],
  ['threat.indicator.type:*', 'has the field'],
  ['"powershell -enc"', 'words in any text'],
  ['url.path:/\\/admin.*/', 'a regular expression'],
]

export function HelpSheet({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Keyboard and queries" size={860} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes.sheet}>
        <div>
          {keys.map(({ title, rows }) => (
            <section key={title}>
              <h3 className="caption">{title}</h3>
              <dl>
                {rows.map(([combination, meaning]) => (
                  <div key={meaning}>
                    <dt>
                      {combination.map((k) => (
                        <kbd key={k}>{k}</kbd>
                      ))}
                    </dt>
                    <dd>{meaning}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        <section>
          <h3 className="caption">Queries</h3>
          <dl className={classes.queries}>
            {queries.map(([example, meaning]) => (
              <div key={example}>
                <dt className="mono">{example}</dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Modal>
  )
}
