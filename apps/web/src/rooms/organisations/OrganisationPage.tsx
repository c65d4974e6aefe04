import { Button, Menu } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { formatDate } from '../../i18n/format.ts';
import { DateField } from '../../ui/form/DateField.tsx';
import { Icon } from '../../ui/icons.tsx';
import { FactsList } from '../../ui/page/FactsList.tsx';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import type { Organisation } from './api.ts';
import { ApprovalPanel } from './ApprovalPanel.tsx';
import { ContactSection } from './ContactSection.tsx';
import { KeepDialog } from './dialogs/KeepDialog.tsx';
import type { KeepAct } from './dialogs/KeepDialog.tsx';
import { LeftoverNotice } from './leftovers/LeftoverNotice.tsx';
import styles from './Organisations.module.css';
import { Names, Relations } from './Relations.tsx';

/** One organisation: who answers for it, what it is called and was called, what it belongs to, who follows it. */
export function OrganisationPage(): ReactElement {
  const { t } = useTranslation('organisations');
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { on } = useSearch({ strict: false }) as { on?: string };
  const answer = useApi('GET /organisations/{id}', { params: { id }, query: { on } });
  const [act, setAct] = useState<KeepAct | null>(null);
  const organisation = answer.data;
  if (answer.error !== null && organisation?.id !== id)
    return <ErrorState page error={answer.error} onRetry={() => void answer.refetch()} />;
  if (organisation === undefined || organisation.id !== id) return <LoadingLines lines={8} />;
  return (
    <>
      <PageHeader
        title={organisation.name}
        trail={
          <Link to={'/organisations' as never} search={{ on } as never}>
            {t('title')}
          </Link>
        }
        lead={leadOf(organisation, t)}
        actions={organisation.editable && <Acts organisation={organisation} onAct={setAct} />}
      />
      {organisation.existsTo !== null && <LeftoverNotice from={id} />}
      <div className={styles['two']}>
        <div className={styles['stack']}>
          <ContactSection organisation={organisation} />
          <Relations organisation={organisation} onAct={setAct} />
        </div>
        <div className={styles['stack']}>
          <Facts organisation={organisation} />
          <Names organisation={organisation} onAct={setAct} />
          <ApprovalPanel organisation={organisation.id} />
        </div>
      </div>
      {act !== null && <KeepDialog act={act} organisation={organisation} onClose={() => setAct(null)} />}
    </>
  );
}

function leadOf({ kind, lives, existsTo, on }: Organisation, t: TFunction<'organisations'>): string {
  const state = lives
    ? ''
    : existsTo !== null && existsTo <= on
      ? ` · ${t('endedOn', { day: formatDate(existsTo) })}`
      : ` · ${t('notYet')}`;
  return `${t(`kind.${kind}`)}${state}`;
}

function Acts({ organisation, onAct }: { organisation: Organisation; onAct: (act: KeepAct) => void }): ReactElement {
  const { t } = useTranslation('organisations');
  const navigate = useNavigate();
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" rightSection={<Icon name="down" size={14} />}>
          {t('action.change')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['rename', 'alias', 'move', 'supervise', 'correct'] as const).map((kind) => (
          <Menu.Item key={kind} onClick={() => onAct({ kind })}>
            {t(`act.${kind}.title`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void navigate({ to: '/organisations/reorganise' as never, search: { from: organisation.id } as never })}>
          {t('action.reorganise')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Facts({ organisation }: { organisation: Organisation }): ReactElement {
  const { t } = useTranslation('organisations');
  const navigate = useNavigate();
  const { today } = useSession();
  const { code, shortName, existsFrom, note, on } = organisation;
  return (
    <Panel label={t('facts')}>
      <DateField
        label={t('asOf')}
        value={on}
        required
        onChange={(day) =>
          void navigate({ to: '.', search: { on: day === today ? undefined : (day ?? undefined) } as never, replace: true })
        }
      />
      <div style={{ height: 12 }} />
      <FactsList
        facts={[
          { label: t('field.officialName'), value: organisation.officialName },
          ...(shortName === null ? [] : [{ label: t('field.shortName'), value: shortName }]),
          { label: t('field.code'), value: code ?? t('unknown') },
          { label: t('field.from'), value: existsFrom === null ? t('unknown') : formatDate(existsFrom) },
          ...(note === null ? [] : [{ label: t('field.note'), value: note }]),
        ]}
      />
    </Panel>
  );
}
