import { Button, Menu } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/client.ts';
import { useSession } from '../../../api/session.ts';
import { Icon } from '../../../ui/icons.tsx';
import { showToast } from '../../../ui/toast/index.ts';
import { linkTo } from '../api.ts';
import type { Directive } from '../api.ts';
import { useDerive } from './useDerive.ts';

/** What else one can do with a draft: an implementing draft of it, its .docx, throw it away. */
export function DraftMenu({ view, flush }: { view: Directive; flush: () => Promise<boolean> }): ReactElement | null {
  const { t } = useTranslation('directives');
  const derive = useDerive(view.id);
  const navigate = useNavigate();
  const takesIn = useSession().permissions.includes('lists:write');
  const discard = useDiscard(view.id);
  if (!view.can.correct) return null;
  const download = (): void =>
    void flush().then(
      (saved) => saved && globalThis.location.assign(linkTo('GET /directives/{id}/draft.docx', { params: { id: view.id } })),
    );
  return (
    <>
      <Button variant="default" loading={derive.isPending} onClick={() => derive.mutate()}>
        {t('acts.derive')}
      </Button>
      <Menu transitionProps={{ duration: 0 }} position="bottom-start">
        <Menu.Target>
          <Button variant="default" rightSection={<Icon name="down" size={14} />}>
            {t('acts.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={download}>{t('acts.docx')}</Menu.Item>
          {view.sourceName !== null && (
            <Menu.Item component="a" href={linkTo('GET /directives/{id}/source', { params: { id: view.id } })}>
              {t('acts.source')}
            </Menu.Item>
          )}
          {takesIn && view.sourceName !== null && (
            <Menu.Item onClick={() => void navigate({ to: '/lists/import' as never, search: { directive: view.id } as never })}>
              {t('acts.list')}
            </Menu.Item>
          )}
          <Menu.Item onClick={discard}>{t('acts.discard')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function without<List extends { items: { id: string }[]; total: number }>(list: List, id: string): List {
  const items = list.items.filter((item) => item.id !== id);
  return { ...list, items, total: list.total - list.items.length + items.length };
}

const UNDO = 12_000;

/** Throws the draft away after the time in which the toast offers to take it back. */
function useDiscard(id: string): () => void {
  const { t } = useTranslation('directives');
  const client = useQueryClient();
  const navigate = useNavigate();
  return () => {
    const send = async (): Promise<void> => {
      globalThis.removeEventListener('pagehide', leave);
      await call('DELETE /directives/{id}', { params: { id } }).catch(() =>
        showToast({ message: t('acts.discardFailed'), kind: 'problem' }),
      );
      await client.invalidateQueries({ queryKey: ['GET /directives'] });
    };
    const timer = setTimeout(() => void send(), UNDO);
    const leave = (): void => clearTimeout(timer);
    globalThis.addEventListener('pagehide', leave);
    const undo = (): void => {
      clearTimeout(timer);
      void client.invalidateQueries({ queryKey: ['GET /directives'] });
      void navigate({ to: `/directives/${id}/check` });
    };
    client.setQueriesData<{ items: { id: string }[]; total: number }>(
      { queryKey: ['GET /directives'] },
      (list) => list && without(list, id),
    );
    showToast({ message: t('acts.discarded'), undo });
    void navigate({ to: '/directives' });
  };
}
