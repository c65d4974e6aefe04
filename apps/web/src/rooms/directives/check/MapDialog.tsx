import { Button, Modal, Radio, Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Form, FormButtons } from '../../../ui/form/index.ts';
import { showToast } from '../../../ui/toast/index.ts';
import { directiveKey, useAct, useRead } from '../api.ts';
import type { Directive, Recipient } from '../api.ts';
import styles from '../Directives.module.css';
import { OrganisationsField } from './OrganisationsField.tsx';
import type { Named } from './OrganisationsField.tsx';

type Way = 'group' | 'organisation' | 'here';

interface Props {
  view: Directive;
  recipient: Recipient;
  /** One name of an attached list; null for the whole phrase. */
  name: string | null;
  onClose: () => void;
  /** Organisations for this document alone, in place of the phrase's. */
  onHere: (organisations: string[]) => void;
}

/** Says once what a phrase means; this and all later documents follow. Or chooses for this document only. */
export function MapDialog({ view, recipient, name, onClose, onHere }: Props): ReactElement {
  const { t } = useTranslation('directives');
  const client = useQueryClient();
  const [way, setWay] = useState<Way>(name === null ? 'group' : 'organisation');
  const [group, setGroup] = useState<string | null>(null);
  const [chosen, setChosen] = useState<Named[]>([]);
  const groups = useRead('GET /groups', { query: { size: '200' } as never }, way === 'group');
  const map = useAct('POST /directives/{id}/phrases');
  const ready = way === 'group' ? group !== null : chosen.length > 0;
  const submit = (): void => {
    if (!ready) return;
    if (way === 'here') {
      onHere([...recipient.organisations, ...chosen.map(({ id }) => id)]);
      return onClose();
    }
    const target = way === 'group' ? { group: group! } : { organisation: chosen[0]!.id };
    const body = { version: view.version, recipient: recipient.id, ...(name === null ? {} : { name }), ...target };
    map.mutate(
      { params: { id: view.id }, body },
      {
        onSuccess: (next) => {
          client.setQueryData(directiveKey(view.id), next);
          showToast({ message: t('map.kept') });
          onClose();
        },
      },
    );
  };
  const ways = (name === null ? ['group', 'organisation', 'here'] : ['organisation', 'here']).map((value) => ({
    value,
    label: t(`map.${value}`),
  }));
  return (
    <Modal opened onClose={onClose} title={t('map.title')} size="lg" closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form onSubmit={submit} error={map.error}>
        <p className={styles['quoted']}>{name ?? recipient.text}</p>
        <Radio.Group label={t('map.means')} value={way} onChange={(value) => setWay(value as Way)}>
          <div className={styles['options']}>
            {ways.map(({ value, label }) => (
              <Radio key={value} value={value} label={label} />
            ))}
          </div>
        </Radio.Group>
        {way === 'group' ? (
          <Select
            label={t('map.group')}
            description={t('map.onceHint')}
            searchable
            value={group}
            onChange={setGroup}
            data={(groups.data?.items ?? []).map((one) => ({ value: one.id, label: `${one.name} (${one.members})` }))}
            nothingFoundMessage={t('map.noGroup')}
            comboboxProps={{ transitionProps: { duration: 0 } }}
          />
        ) : (
          <OrganisationsField
            key={way}
            label={t(way === 'here' ? 'map.organisations' : 'map.organisation')}
            description={t(way === 'here' ? 'map.hereHint' : 'map.onceHint')}
            value={chosen}
            onChange={setChosen}
            single={way === 'organisation'}
          />
        )}
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={map.isPending}>
            {t(way === 'here' ? 'map.useHere' : 'map.keep')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
