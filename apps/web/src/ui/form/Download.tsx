import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { apiErrorFrom } from '../../api/error.ts';
import { withFreshCode } from '../../api/fresh.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { useErrorText } from './useErrorText.ts';
import { Icon } from '../icons.tsx';
import { showToast } from '../toast/toasts.ts';

/** A file in the language of the page, which a plain link could not ask for; a refusal is shown and not saved as a file. */
export function Download({ path, children }: { path: string; children: ReactNode }): ReactElement {
  const [busy, setBusy] = useState(false);
  const text = useErrorText();
  const take = async (): Promise<void> => {
    setBusy(true);
    try {
      await withFreshCode(async () => await save(path));
    } catch (error) {
      showToast({ kind: 'problem', message: text(error) });
    }
    setBusy(false);
  };
  return (
    <Button variant="default" loading={busy} leftSection={<Icon name="download" size={16} />} onClick={() => void take()}>
      {children}
    </Button>
  );
}

async function save(path: string): Promise<void> {
  const response = await fetch(path, { headers: { 'accept-language': currentLanguage() }, credentials: 'same-origin' });
  if (!response.ok) throw apiErrorFrom(response.status, await response.json().catch(() => null));
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = nameIn(response.headers.get('content-disposition')) ?? 'vong-gac.xlsx';
  link.click();
  URL.revokeObjectURL(url);
}

/** The name in `filename*=UTF-8''…` (RFC 6266). */
function nameIn(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  return encoded === undefined ? null : decodeURIComponent(encoded);
}
