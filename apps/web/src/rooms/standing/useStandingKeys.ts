import { useEffect } from 'react';
import type { StandingControl } from './useStandingState.ts';

/** `/` goes to the search of the matrix, Escape lets go of what is chosen; inside fields and dialogs both keep their own meaning. */
export function useStandingKeys({ state, change }: StandingControl): void {
  const chosen = state.org !== '' || state.item !== '' || state.fig !== '';
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target instanceof Element ? event.target : null;
      if (
        event.defaultPrevented ||
        event.ctrlKey ||
        event.altKey ||
        event.metaKey ||
        target?.closest('input, textarea, select, [role="dialog"]')
      )
        return;
      if (event.key === '/') document.querySelector<HTMLInputElement>('[data-standing-search]')?.focus();
      else if (event.key === 'Escape' && chosen) change({ org: '', item: '', fig: '' });
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [chosen, change]);
}
