import { Button, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../api/session.ts';
import { Icon } from '../../../ui/icons.tsx';
import { linkTo, useRead } from '../api.ts';
import { AmendDialog } from './AmendDialog.tsx';
import { CompleteDialog } from './CompleteDialog.tsx';
import { HandoverDialog } from './HandoverDialog.tsx';
import { useDerive } from './useDerive.ts';
import { DecideDialog, WithdrawDialog } from './WithdrawDialogs.tsx';

type Open = 'amend' | 'withdraw' | 'decide' | 'handover' | 'complete' | null;

/** What can be done to an issued directive, for the head of its page. Nothing is drawn for those who only receive it. */
export function DirectiveActs({ id }: { id: string }): ReactElement | null {
  const { t } = useTranslation('directives');
  const read = useRead('GET /directives/{id}', { params: { id } });
  const derive = useDerive(id);
  const navigate = useNavigate();
  const takesIn = useSession().permissions.includes('lists:write');
  const [open, setOpen] = useState<Open>(null);
  const view = read.data;
  if (view === undefined || view.status === 'draft') return null;
  const close = (): void => setOpen(null);
  const params = { params: { id } };
  const live = view.status === 'issued' && view.can.issue;
  const proposal = view.acts.find((act) => act.kind === 'withdrawal' && act.state === 'proposed');
  return (
    <>
      {live && view.code === null && <Button onClick={() => setOpen('complete')}>{t('acts.complete')}</Button>}
      {live && proposal !== undefined && !proposal.own && <Button onClick={() => setOpen('decide')}>{t('acts.decide')}</Button>}
      <Menu transitionProps={{ duration: 0 }} position="bottom-start" width={280}>
        <Menu.Target>
          <Button variant="default" rightSection={<Icon name="down" size={14} />}>
            {t('acts.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {view.signedName !== null && (
            <Menu.Item component="a" href={linkTo('GET /directives/{id}/signed', params)}>
              {t('acts.signed')}
            </Menu.Item>
          )}
          {view.can.follow && <Menu.Item onClick={() => derive.mutate()}>{t('acts.derive')}</Menu.Item>}
          {view.can.issue && (
            <Menu.Item component="a" href={linkTo('GET /directives/{id}/draft.docx', params)}>
              {t('acts.docx')}
            </Menu.Item>
          )}
          {takesIn && view.status === 'issued' && (
            <Menu.Item onClick={() => void navigate({ to: '/lists/import' as never, search: { directive: id } as never })}>
              {t('acts.list')}
            </Menu.Item>
          )}
          {live && <Menu.Divider />}
          {live && <Menu.Item onClick={() => setOpen('amend')}>{t('acts.amend')}</Menu.Item>}
          {live && <Menu.Item onClick={() => setOpen('handover')}>{t('acts.handover')}</Menu.Item>}
          {live && (
            <Menu.Item disabled={proposal !== undefined} onClick={() => setOpen('withdraw')}>
              {t(proposal === undefined ? 'acts.withdraw' : 'acts.withdrawWaiting')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {open === 'amend' && <AmendDialog view={view} onClose={close} />}
      {open === 'complete' && <CompleteDialog view={view} onClose={close} />}
      {open === 'handover' && <HandoverDialog view={view} onClose={close} />}
      {open === 'withdraw' && <WithdrawDialog view={view} onClose={close} />}
      {open === 'decide' && proposal !== undefined && <DecideDialog view={view} act={proposal} onClose={close} />}
    </>
  );
}
