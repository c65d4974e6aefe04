import { Button, Select, Textarea } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganisationHit, Routes } from '../../../api/contract.ts';
import { useApi, useChange } from '../../../api/query.ts';
import { useSession } from '../../../api/session.ts';
import { formatDate } from '../../../i18n/format.ts';
import { DateField } from '../../../ui/form/DateField.tsx';
import { Problem } from '../../../ui/form/Form.tsx';
import { PageHeader } from '../../../ui/page/PageHeader.tsx';
import { ForbiddenState } from '../../../ui/page/PageStates.tsx';
import { Panel } from '../../../ui/page/Panel.tsx';
import { Wizard } from '../../../ui/wizard/Wizard.tsx';
import { useKeep, useMay } from '../api.ts';
import { LeftoverNotice } from '../leftovers/LeftoverNotice.tsx';
import styles from '../Organisations.module.css';
import { Chooser, FoundFields } from './Chooser.tsx';
import type { Founding } from './Chooser.tsx';
import { PlanView } from './PlanView.tsx';
import type { Assigned } from './PlanView.tsx';

const ACTS = ['merge', 'split', 'separate', 'dissolve'] as const;
type Act = (typeof ACTS)[number];
type Step = 'choose' | 'plan' | 'done';

interface Draft {
  kind: Act;
  on: string;
  predecessors: readonly OrganisationHit[];
  successors: readonly OrganisationHit[];
  founds: Founding | null;
  reason: string;
}

function bodyOf({ kind, on, predecessors, successors, founds }: Draft): Routes['POST /reorganisations/plan']['body'] {
  return {
    kind,
    on,
    predecessors: predecessors.map(({ id }) => id),
    successors: successors.map(({ id }) => id),
    ...(founds === null ? {} : { founds: { kind: founds.kind, name: founds.name, parentId: founds.parent?.id } }),
  };
}

/** What was assigned to a successor that is still one: the choice may have changed since. */
function assignmentsOf(assigned: Assigned, { successors, founds }: Draft): Routes['POST /reorganisations']['body']['assignments'] & {} {
  const targets = new Set<string | null>([...successors.map(({ id }) => id), ...(founds === null ? [] : ['founded'])]);
  return [...assigned]
    .filter(([, to]) => targets.has(to))
    .map(([key, to]) => ({ kind: key.split('\n')[0] ?? '', row: key.split('\n')[1] ?? '', to }));
}

/** The one named in the address, when the act begins at an organisation's page. */
function useFirst(): OrganisationHit | null {
  const { from } = useSearch({ strict: false }) as { from?: string };
  const { today } = useSession();
  const { data } = useApi('GET /organisations/{id}', {
    params: { id: from ?? '00000000-0000-0000-0000-000000000000' },
    query: { on: today },
  });
  return from === undefined || data === undefined ? null : { id: data.id, name: data.name, context: null };
}

/** Sáp nhập, chia tách, giải thể: who ends, who takes over, what hangs on it, then the act. */
export function ReorganisePage(): ReactElement {
  const { t } = useTranslation('organisations');
  return useMay('organisations:write') ? (
    <Reorganise />
  ) : (
    <>
      <PageHeader title={t('reorganise.title')} />
      <ForbiddenState reason={t('reorganise.mayNot')} />
    </>
  );
}

function Reorganise(): ReactElement {
  const { t } = useTranslation('organisations');
  const { today } = useSession();
  const first = useFirst();
  const [step, setStep] = useState<Step>('choose');
  const [given, setDraft] = useState<Draft>({ kind: 'merge', on: today, predecessors: [], successors: [], founds: null, reason: '' });
  const [assigned, setAssigned] = useState<Assigned>(new Map());
  const [touched, setTouched] = useState(false);
  const draft = !touched && first !== null ? { ...given, predecessors: [first] } : given;
  const plan = useChange('POST /reorganisations/plan');
  const act = useKeep('POST /reorganisations');
  const set = (part: Partial<Draft>): void => {
    setTouched(true);
    setDraft({ ...draft, ...part });
  };
  const assignments = assignmentsOf(assigned, draft);
  const next = {
    choose: {
      label: t('reorganise.toPlan'),
      busy: plan.isPending,
      onClick: () => plan.mutate({ body: bodyOf(draft) }, { onSuccess: () => setStep('plan') }),
      reason: draft.predecessors.length === 0 ? t('reorganise.noPredecessor') : undefined,
    },
    plan: {
      label: t(`reorganise.act.${draft.kind}`),
      busy: act.isPending,
      onClick: () => act.mutate({ body: { ...bodyOf(draft), reason: draft.reason, assignments } }, { onSuccess: () => setStep('done') }),
      reason:
        plan.data !== undefined && plan.data.problems.length > 0
          ? t('reorganise.blocked')
          : draft.reason.trim() === ''
            ? t('reorganise.noReason')
            : undefined,
    },
    done: undefined,
  }[step];
  const error = step === 'choose' ? plan.error : act.error;
  return (
    <>
      <PageHeader
        title={t('reorganise.title')}
        trail={<Link to={'/organisations' as never}>{t('title')}</Link>}
        lead={t('reorganise.lead')}
      />
      <Wizard
        steps={(['choose', 'plan', 'done'] as const).map((id) => ({ id, label: t(`reorganise.step.${id}`) }))}
        current={step}
        {...(step === 'plan' ? { onStep: () => setStep('choose') } : {})}
        back={step === 'plan' ? () => setStep('choose') : undefined}
        next={next}
        note={t('reorganise.note')}
      >
        <Panel>
          {error !== null && <Problem error={error} />}
          {step === 'choose' && <Choose draft={draft} set={set} />}
          {step === 'plan' && plan.data !== undefined && (
            <>
              <PlanView
                plan={plan.data}
                stays={draft.kind === 'separate'}
                founds={draft.founds}
                assigned={assigned}
                onAssign={setAssigned}
              />
              <Textarea
                label={t('field.basis')}
                description={t('hint.basis')}
                required
                minRows={2}
                mt="md"
                value={draft.reason}
                onChange={(event) => set({ reason: event.currentTarget.value })}
              />
            </>
          )}
          {step === 'done' && <Done draft={draft} />}
        </Panel>
      </Wizard>
    </>
  );
}

function Choose({ draft, set }: { draft: Draft; set: (part: Partial<Draft>) => void }): ReactElement {
  const { t } = useTranslation('organisations');
  const { today } = useSession();
  return (
    <div className={styles['stack']}>
      <div className={styles['pair']}>
        <Select
          label={t('reorganise.kind')}
          data={ACTS.map((kind) => ({ value: kind, label: t(`reorganise.act.${kind}`) }))}
          value={draft.kind}
          onChange={(kind) => set({ kind: kind as Act })}
          description={t(`reorganise.about.${draft.kind}`)}
        />
        <DateField
          label={t('reorganise.on')}
          description={t('reorganise.onHint')}
          required
          value={draft.on}
          onChange={(on) => set({ on: on ?? today })}
        />
      </div>
      <Chooser
        label={t(draft.kind === 'separate' ? 'reorganise.givers' : 'reorganise.predecessors')}
        chosen={draft.predecessors}
        onChange={(predecessors) => set({ predecessors })}
      />
      <Chooser
        label={t(draft.kind === 'dissolve' ? 'reorganise.successorsOptional' : 'reorganise.successors')}
        chosen={draft.successors}
        onChange={(successors) => set({ successors })}
      />
      <FoundFields founds={draft.founds} onChange={(founds) => set({ founds })} />
    </div>
  );
}

function Done({ draft }: { draft: Draft }): ReactElement {
  const { t } = useTranslation('organisations');
  const navigate = useNavigate();
  return (
    <div className={styles['stack']} role="status">
      <p>
        {t(draft.kind === 'separate' ? 'reorganise.doneSeparate' : 'reorganise.done', {
          count: draft.predecessors.length,
          day: formatDate(draft.on),
        })}
      </p>
      <LeftoverNotice />
      <ul className={styles['plain']}>
        {draft.predecessors.map(({ id, name }) => (
          <li key={id}>
            <Link to={'/organisations/$id' as never} params={{ id } as never}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
      <div>
        <Button onClick={() => void navigate({ to: '/organisations' as never })}>{t('import.toList')}</Button>
      </div>
    </div>
  );
}
