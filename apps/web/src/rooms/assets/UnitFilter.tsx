import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { OrganisationHit } from '../../api/contract.ts';
import { useApiWhen } from '../../api/query.ts';
import { OrganisationPicker } from '../../ui/form/OrganisationPicker.tsx';

/** One unit, in the address as its id. */
export function UnitFilter(): ReactElement {
  const { t } = useTranslation('assets');
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const navigate = useNavigate();
  const id = search['organisation'];
  const found = useApiWhen(id !== undefined, 'GET /organisations/{id}', { params: { id: id ?? '' }, query: {} });
  const value = id === undefined || found.data?.id !== id ? null : ({ ...found.data, context: null } as unknown as OrganisationHit);
  const choose = (next: OrganisationHit | null): void =>
    void navigate({ to: '.', search: { ...search, organisation: next?.id, page: undefined } as never, replace: true });
  return <OrganisationPicker label={t('field.organisation')} value={value} onChange={choose} />;
}
