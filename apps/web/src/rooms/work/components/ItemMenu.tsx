import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../../ui/form/useErrorText.ts';
import { Icon } from '../../../ui/icons.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { useApi } from '../../../api/query.ts';
import { useWorkAct } from '../api.ts';
import type { Part, WorkItem } from '../api.ts';
import { AskDialog } from '../dialogs/AskDialog.tsx';
import { GiveDialog } from '../dialogs/GiveDialog.tsx';
import { ExtensionDialog } from '../dialogs/ExtensionDialog.tsx';

interface ItemMenuProps {
  part: Part;
  item: WorkItem;
  /** What else is open, to hand on together. */
  items: readonly WorkItem[];
  source?: string | undefined;
  /** Only the agency's own people assign among themselves. */
  own: boolean;
}

/** The rarer acts on an item: give it to a colleague, ask the overseer, ask for a later day. */
export function ItemMenu({ part, item, items, source, own }: ItemMenuProps): ReactElement {
  const { t } = useTranslation('work');
  const [dialog, setDialog] = useState<'ask' | 'extension' | 'give' | null>(null);
  const close = (): void => setDialog(null);
  return (
    <>
      <Menu position="bottom-start" transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <Button variant="default" rightSection={<Icon name="down" size={14} />}>
            {t('item.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {own && <AssignEntries part={part} item={item} />}
          {own && <GiveEntry onClick={() => setDialog('give')} />}
          {own && <Menu.Item onClick={() => setDialog('ask')}>{t('ask.item')}</Menu.Item>}
          <Menu.Item disabled={item.due === null} onClick={() => setDialog('extension')}>
            {item.due === null ? t('extension.noDeadline') : t('extension.item')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'ask' && <AskDialog part={part} task={item.task} path={item.path} own onClose={close} />}
      {dialog === 'give' && <GiveDialog part={part} item={item} items={items} onClose={close} />}
      {dialog === 'extension' && <ExtensionDialog part={part} item={item} source={source} onClose={close} />}
    </>
  );
}

/** Only where there is a unit below. */
function GiveEntry({ onClick }: { onClick: () => void }): ReactElement | null {
  const { t } = useTranslation('work');
  const units = useApi('GET /work/units');
  return units.data === undefined || units.data.total === 0 ? null : <Menu.Item onClick={onClick}>{t('give.item')}</Menu.Item>;
}

function AssignEntries({ part, item }: { part: Part; item: WorkItem }): ReactElement {
  const { t } = useTranslation('work');
  const errorText = useErrorText();
  const people = useApi('GET /work/people');
  const assign = useWorkAct('POST /work/{directive}/{organisation}/assign');
  const give = (person: string | null, name: string): void =>
    assign.mutate(
      { params: part, body: { tasks: [item.task], person } },
      {
        onSuccess: () => void showToast({ message: person === null ? t('assign.taken') : t('assign.done', { path: item.path, name }) }),
        onError: (error) => void showToast({ message: errorText(error), kind: 'problem' }),
      },
    );
  return (
    <>
      <Menu.Label>{t('assign.title')}</Menu.Label>
      {(people.data?.items ?? []).map(({ id, name, position }) => (
        <Menu.Item
          key={id}
          onClick={() => give(id, name)}
          leftSection={<Icon name={item.assignee?.id === id ? 'done' : 'person'} size={16} />}
        >
          {name}
          {position !== null && ` · ${position}`}
        </Menu.Item>
      ))}
      {people.data?.total === 0 && <Menu.Item disabled>{t('assign.nobody')}</Menu.Item>}
      {item.assignee !== null && <Menu.Item onClick={() => give(null, '')}>{t('assign.takeBack')}</Menu.Item>}
      <Menu.Divider />
    </>
  );
}
