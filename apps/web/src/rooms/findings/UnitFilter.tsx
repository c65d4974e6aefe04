import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@mantine/core';
import { useApiWhen } from '../../api/query.ts';
import { Icon } from '../../ui/icons.tsx';

/** The one organisation whose rows are shown, taken away by a click; it is chosen in the overview. */
export function UnitFilter(): ReactElement | null {
  const { t } = useTranslation('findings');
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const navigate = useNavigate();
  const id = search['organisation'];
  const found = useApiWhen(id !== undefined, 'GET /organisations/{id}', { params: { id: id ?? '' }, query: {} });
  if (id === undefined) return null;
  const drop = (): void =>
    void navigate({ to: '.', search: { ...search, organisation: undefined, page: undefined } as never, replace: true });
  return (
    <Button variant="light" rightSection={<Icon name="close" size={14} />} onClick={drop}>
      {found.data?.id === id ? found.data.name : t('field.organisation')}
    </Button>
  );
}
