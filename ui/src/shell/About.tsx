import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { healthQuery } from '~/api/queries'
import { credits, Outward } from '~/shared/credits'
import classes from './HelpSheet.module.css'

/** Which Metron this is, and whose data it shows. */
export function About({ onClose }: { onClose: () => void }) {
  const version = useQuery({ ...healthQuery, refetchInterval: false }).data?.version
  return (
    <Modal opened onClose={onClose} title="About Metron" size={560} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes.about}>
        <p>{version ? `Version ${version}` : 'Version unknown'}, Apache License 2.0</p>
        <h3 className="caption">Data of others</h3>
        <ul>
          {credits.map(({ what, by, terms }) => (
            <li key={what}>
              <strong>{what}</strong>
              <span>
                {by.map(({ name, address }, i) => (
                  <span key={name}>
                    {i > 0 && ', '}
                    <Outward address={address}>{name}</Outward>
                  </span>
                ))}
                ; {terms}
              </span>
            </li>
          ))}
        </ul>
        <p className="muted">These come with Metron. Databases of places that you configure yourself are asked first, under their own terms. The licences of libraries lie beside their jars in lib/.</p>
      </div>
    </Modal>
  )
}
