import { Button, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganisationHit } from '../../api/contract.ts';
import type { ApiError } from '../../api/error.ts';
import { useSession } from '../../api/session.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { DateField } from '../../ui/form/DateField.tsx';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { OrganisationPicker } from '../../ui/form/OrganisationPicker.tsx';
import { useDraft } from '../../ui/form/useDraft.ts';
import { showToast } from '../../ui/toast/toasts.ts';
import { KINDS, useKeep } from './api.ts';
import type { Asset, Kind } from './api.ts';
import styles from './Assets.module.css';
import { describedBy, draftOf, linesOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { KindFields } from './KindFields.tsx';
import { LiveCheck } from './LiveCheck.tsx';

type Refused = { value: string; text: string };

interface Sending {
  send: () => void;
  error: ApiError | null;
  busy: boolean;
}

const several = (draft: Draft, asset: Asset | null): string[] =>
  asset === null && (draft.kind === 'range' || draft.kind === 'domain') ? linesOf(draft.value) : [draft.value.trim()];

/** One claim, several at once, or a change: one of the three is used. */
function useSending(draft: Draft, asset: Asset | null, done: (refused: readonly Refused[], count: number) => void): Sending {
  const claim = useKeep('POST /assets');
  const bulk = useKeep('POST /assets/bulk');
  const change = useKeep('PUT /assets/{id}');
  const lines = several(draft, asset);
  const organisation = draft.organisation?.id ?? '';
  const { kind, from, to } = draft;
  const use = asset !== null ? change : lines.length > 1 ? bulk : claim;
  const send = (): void => {
    if (asset !== null)
      change.mutate(
        { params: { id: asset.id }, body: { ...describedBy(draft, draft.value), version: asset.version, from, to } },
        { onSuccess: () => done([], 1) },
      );
    else if (lines.length > 1)
      bulk.mutate(
        { body: { organisation, from, to, items: lines.map((line) => ({ kind, ...describedBy(draft, line) })) } },
        {
          onSuccess: ({ ids, refused }) =>
            done(
              refused.map(({ index, text }) => ({ value: lines[index] ?? '', text: text[currentLanguage()] })),
              ids.length,
            ),
        },
      );
    else claim.mutate({ body: { kind, organisation, from, to, ...describedBy(draft, lines[0] ?? '') } }, { onSuccess: () => done([], 1) });
  };
  return { send, error: use.error, busy: use.isPending };
}

/** Registers assets, checked against the register while they are typed, or corrects one. */
export function ClaimDialog({ kind, asset, onClose }: { kind: Kind; asset: Asset | null; onClose: () => void }): ReactElement {
  const { t } = useTranslation('assets');
  const { t: ui } = useTranslation('ui');
  const { acting } = useSession();
  const own: OrganisationHit = { ...(asset?.organisation ?? acting.organisation), context: null };
  const [draft, setDraft, clear] = useDraft<Draft>(`asset/${asset?.id ?? 'new'}/${asset?.version ?? kind}`, draftOf(asset, kind, own));
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const set = (part: Partial<Draft>): void => setDraft((former) => ({ ...former, ...part }));
  const { send, error, busy } = useSending(draft, asset, (left, count) => {
    if (count > 0) showToast({ message: t(asset === null ? 'claim.done' : 'claim.changed', { count }) });
    setRefused(left);
    if (left.length > 0) return set({ value: left.map(({ value }) => value).join('\n') });
    clear();
    onClose();
  });
  const needed = draft.kind === 'system' || draft.kind === 'host' ? draft.name : draft.value;
  const title = asset === null ? t('claim.title') : t('claim.changeTitle');
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': ui('close') }}>
      <Form onSubmit={send} error={error} places={PLACES}>
        {asset === null && (
          <div className={styles['pair']}>
            <Select
              label={t('field.kind')}
              data={KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
              value={draft.kind}
              allowDeselect={false}
              onChange={(next) => set({ kind: next as Kind, value: '' })}
            />
            <OrganisationPicker
              label={t('field.organisation')}
              required
              value={draft.organisation}
              onChange={(organisation) => set({ organisation, system: null })}
              error={fieldError(error, 'organisation')}
            />
          </div>
        )}
        <KindFields
          {...{ draft, set, error, asset }}
          check={<LiveCheck draft={draft} lines={several(draft, asset)} except={asset?.id} />}
        />
        {refused.map(({ value, text }) => (
          <p key={value} className={styles['problem']}>
            <span className={styles['value']}>{value}</span>: {text}
          </p>
        ))}
        <div className={styles['pair']}>
          <DateField
            label={t('field.from')}
            description={t('hint.from')}
            value={draft.from}
            onChange={(from) => set({ from })}
            error={fieldError(error, 'from')}
          />
          <DateField
            label={t('field.to')}
            description={t('hint.to')}
            value={draft.to}
            onChange={(to) => set({ to })}
            error={fieldError(error, 'to')}
          />
        </div>
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={needed.trim() === '' || draft.organisation === null}>
            {t(asset === null ? 'claim.send' : 'claim.save')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}

const PLACES = ['organisation', 'name', 'network', 'domain', 'address', 'mac', 'level', 'levelDecision', 'levelDay', 'from', 'to'];
