import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatNumber } from '../../i18n/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { EmptyState, ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import type { TreeNode } from './api.ts';
import styles from './Organisations.module.css';

type Branches = ReadonlyMap<string | null, readonly TreeNode[]>;

/** The tree as it stood on a day; companies under no parent stand apart. */
export function OrganisationTree({ on }: { on: string | undefined }): ReactElement {
  const { t } = useTranslation('organisations');
  const answer = useApi('GET /organisations/tree', { query: { on } });
  const nodes = answer.data?.nodes;
  const branches = useMemo(() => branchesOf(nodes ?? []), [nodes]);
  const [open, setOpen] = useState<ReadonlySet<string> | null>(null);
  if (answer.error !== null && answer.data === undefined) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  if (nodes === undefined) return <LoadingLines lines={8} />;
  const roots = (branches.get(null) ?? []).filter((node) => branches.has(node.id));
  const apart = (branches.get(null) ?? []).filter((node) => !branches.has(node.id));
  if (nodes.length === 0) return <EmptyState title={t('empty.list')} why={t('empty.treeWhy')} />;
  const opened = open ?? new Set(roots.map(({ id }) => id));
  const toggle = (id: string): void => {
    const next = new Set(opened);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const shared = { branches, opened, toggle, on };
  return (
    <Panel label={t('view.tree')}>
      <div className={styles['heading']}>
        <span className={styles['soft']}>{t('tree.count', { count: nodes.length, shown: formatNumber(nodes.length) })}</span>
        <span className="never-printed">
          <Button variant="subtle" size="xs" onClick={() => setOpen(new Set(nodes.map(({ id }) => id)))}>
            {t('tree.openAll')}
          </Button>
          <Button variant="subtle" size="xs" onClick={() => setOpen(new Set())}>
            {t('tree.closeAll')}
          </Button>
        </span>
      </div>
      <ul className={styles['tree']}>
        {roots.map((node) => (
          <Branch key={node.id} node={node} {...shared} />
        ))}
      </ul>
      {apart.length > 0 && (
        <>
          <h2 className={styles['soft']} style={{ margin: '12px 0 4px' }}>
            {t('tree.apart')}
          </h2>
          <ul className={styles['tree']}>
            {apart.map((node) => (
              <Branch key={node.id} node={node} {...shared} />
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

interface BranchProps {
  node: TreeNode;
  branches: Branches;
  opened: ReadonlySet<string>;
  toggle: (id: string) => void;
  on: string | undefined;
}

function Branch({ node, branches, opened, toggle, on }: BranchProps): ReactElement {
  const { t } = useTranslation('organisations');
  const below = branches.get(node.id) ?? [];
  const isOpen = opened.has(node.id);
  return (
    <li>
      <div className={styles['node']}>
        {below.length > 0 ? (
          <button
            type="button"
            className={styles['toggle']}
            aria-expanded={isOpen}
            aria-label={t('tree.toggle', { name: node.name })}
            onClick={() => toggle(node.id)}
          >
            <Icon name="right" size={16} />
          </button>
        ) : (
          <span className={styles['toggle']} aria-hidden="true" />
        )}
        <Link to={'/organisations/$id' as never} params={{ id: node.id } as never} search={{ on } as never}>
          {node.name}
        </Link>
        {below.length > 0 && <span className={styles['soft']}>{formatNumber(below.length)}</span>}
        {node.supervised && <span className={styles['soft']}>{t('tree.supervised')}</span>}
      </div>
      {isOpen && below.length > 0 && (
        <ul>
          {below.map((child) => (
            <Branch key={child.id} node={child} {...{ branches, opened, toggle, on }} />
          ))}
        </ul>
      )}
    </li>
  );
}

function branchesOf(nodes: readonly TreeNode[]): Branches {
  const map = new Map<string | null, TreeNode[]>();
  for (const node of nodes) map.set(node.parent, [...(map.get(node.parent) ?? []), node]);
  return map;
}
