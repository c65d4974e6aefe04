import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../api/client.ts';
import { ApiError, apiErrorFrom } from '../../api/error.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { useErrorText } from '../../ui/form/index.ts';
import { Icon } from '../../ui/icons.tsx';
import { showToast } from '../../ui/toast/index.ts';
import type { MatrixQuery, Standing } from './api.ts';

/** Exactly what the matrix shows, as .xlsx in the language of the page. */
export function ExportButton({ standing, query }: { standing: Standing; query: MatrixQuery }): ReactElement {
  const { t } = useTranslation('standing');
  const errorText = useErrorText();
  const fetched = useMutation<void, ApiError>({
    mutationFn: () =>
      download(hrefOf('GET /directives/{id}/matrix/export', { params: { id: standing.id }, query }), `${standing.code ?? 'van-ban'}.xlsx`),
    onError: (error) => void showToast({ message: errorText(error), kind: 'problem' }),
  });
  return (
    <Button variant="default" leftSection={<Icon name="download" />} loading={fetched.isPending} onClick={() => fetched.mutate()}>
      {t('head.export')}
    </Button>
  );
}

/** A plain link would ask in the browser's language and show an error as a page. */
async function download(path: string, fallback: string): Promise<void> {
  const response = await fetch(path, { headers: { 'accept-language': currentLanguage() }, credentials: 'same-origin' }).catch(() => {
    throw new ApiError({ status: 0, code: 'network', message: '' });
  });
  if (!response.ok) throw apiErrorFrom(response.status, await response.json().catch(() => null));
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = nameOf(response.headers.get('content-disposition')) ?? fallback.replaceAll('/', '-');
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function nameOf(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  return /filename="([^"]+)"/i.exec(disposition ?? '')?.[1] ?? null;
}
