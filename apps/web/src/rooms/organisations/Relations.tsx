import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../i18n/format.ts';
import { Panel } from '../../ui/page/Panel.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { useKeep } from './api.ts';
import type { Organisation } from './api.ts';
import type { KeepAct } from './dialogs/KeepDialog.tsx';
import styles from './Organisations.module.css';

interface Props {
  organisation: Organisation;
  onAct: (act: KeepAct) => void;
}

/** From when to when, in words; nothing where it always held. */
export function Validity({ from, to }: { from: string | null; to: string | null }): ReactElement | null {
  const { t } = useTranslation('organisations');
  if (from === null && to === null) return null;
  const text = [
    from === null ? '' : t('validity.from', { day: formatDate(from) }),
    to === null ? '' : t('validity.to', { day: formatDate(to) }),
  ]
    .filter(Boolean)
    .join(' ');
  return <span className={styles['soft']}>{text}</span>;
}

function To({ id, name }: { id: string; name: string }): ReactElement {
  return (
    <Link to={'/organisations/$id' as never} params={{ id } as never}>
      {name}
    </Link>
  );
}

function Section({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }): ReactElement {
  return (
    <section className={styles['section']}>
      <div className={styles['heading']} style={{ marginBottom: 2 }}>
        <h2>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}

/** What it belongs to, who follows it, what hangs under it, which groups hold it, what became of it. */
export function Relations({ organisation, onAct }: Props): ReactElement {
  const { t } = useTranslation('organisations');
  const { parents, supervisors, supervises, children, groups, successions, editable, id, on } = organisation;
  const ends = (row: { validTo: string | null }): boolean => editable && row.validTo === null;
  return (
    <Panel label={t('relations')}>
      <Section title={t('section.parents')}>
        {parents.length === 0 && <p className={styles['soft']}>{t('none.parents')}</p>}
        <ul className={styles['plain']}>
          {parents.map((row) => (
            <li key={row.id}>
              <To {...row.parent} /> <Validity from={row.validFrom} to={row.validTo} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('section.supervisors')}>
        {supervisors.length === 0 && <p className={styles['soft']}>{t('none.supervisors')}</p>}
        <ul className={styles['plain']}>
          {supervisors.map((row) => (
            <li key={row.id}>
              <span className={styles['grow']}>
                <To {...row.organisation} /> <span className={styles['soft']}>{row.field}</span>{' '}
                <Validity from={row.validFrom} to={row.validTo} />
              </span>
              {ends(row) && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  onClick={() => onAct({ kind: 'endSupervision', supervision: row.id, name: row.organisation.name })}
                >
                  {t('act.endSupervision.short')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Section>
      {children.length > 0 && <Many title={t('section.children', { count: children.length })} rows={children} />}
      {supervises.length > 0 && (
        <Many title={t('section.supervises', { count: supervises.length })} rows={supervises.map((row) => row.organisation)} />
      )}
      {groups.length > 0 && (
        <Section title={t('section.groups')}>
          <ul className={styles['plain']}>
            {groups.map((row) => (
              <li key={row.id}>
                <Link to={'/organisations' as never} search={{ view: 'groups', group: row.id, on } as never}>
                  {row.name}
                </Link>{' '}
                <Validity from={row.validFrom} to={row.validTo} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {successions.length > 0 && (
        <Section title={t('section.successions')}>
          <ul className={styles['plain']}>
            {successions.map((row) => (
              <li key={row.id}>
                {t(row.predecessor.id === id ? `succession.to.${row.kind}` : `succession.from.${row.kind}`)}{' '}
                <To {...(row.predecessor.id === id ? row.successor : row.predecessor)} />{' '}
                <span className={styles['soft']}>{t('validity.from', { day: formatDate(row.on) })}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Panel>
  );
}

const SHOWN = 12;

function Many({ title, rows }: { title: string; rows: readonly { id: string; name: string }[] }): ReactElement {
  const { t } = useTranslation('organisations');
  const list = (some: typeof rows): ReactElement => (
    <ul className={styles['plain']}>
      {some.map((row) => (
        <li key={row.id}>
          <To {...row} />
        </li>
      ))}
    </ul>
  );
  return (
    <Section title={title}>
      {list(rows.slice(0, SHOWN))}
      {rows.length > SHOWN && (
        <details>
          <summary>{t('more', { count: rows.length - SHOWN })}</summary>
          {list(rows.slice(SHOWN))}
        </details>
      )}
    </Section>
  );
}

/** Official names and aliases by time. */
export function Names({ organisation, onAct }: Props): ReactElement {
  const { t } = useTranslation('organisations');
  const remove = useKeep('DELETE /organisations/{id}/aliases/{alias}');
  const { names, editable, id } = organisation;
  const drop = (alias: string): void =>
    remove.mutate({ params: { id, alias } }, { onSuccess: () => void showToast({ message: t('alias.removed') }) });
  return (
    <Panel label={t('section.names')}>
      <div className={styles['heading']} style={{ marginBottom: 2 }}>
        <h2>{t('section.names')}</h2>
        {editable && (
          <Button size="compact-sm" variant="subtle" onClick={() => onAct({ kind: 'alias' })}>
            {t('act.alias.title')}
          </Button>
        )}
      </div>
      <ul className={styles['plain']}>
        {names
          .toSorted((a, b) => b.kind.localeCompare(a.kind))
          .map((row) => (
            <li key={row.id}>
              <span className={styles['grow']}>
                {row.name} {row.kind === 'alias' && <span className={styles['soft']}>{t('alias.label')}</span>}{' '}
                <Validity from={row.validFrom} to={row.validTo} />
              </span>
              {editable && row.kind === 'alias' && (
                <Button size="compact-sm" variant="subtle" onClick={() => drop(row.id)} aria-label={t('alias.remove', { name: row.name })}>
                  {t('remove')}
                </Button>
              )}
            </li>
          ))}
      </ul>
    </Panel>
  );
}
