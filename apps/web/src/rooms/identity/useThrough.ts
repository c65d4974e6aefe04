import { useChange } from '../../api/query.ts';

/** Goes to the OpenID provider: the browser leaves this page. */
export function useGoToProvider(): { go: (back: string | undefined) => void; busy: boolean; error: ReturnType<typeof useBegin>['error'] } {
  const begin = useBegin();
  const go = (back: string | undefined): void =>
    begin.mutate({ body: back === undefined ? {} : { back } }, { onSuccess: ({ url }) => globalThis.location.assign(url) });
  // The button turns on until the browser has gone.
  return { go, busy: begin.isPending || begin.isSuccess, error: begin.error };
}

const useBegin = () => useChange('POST /sign-in/oidc');
