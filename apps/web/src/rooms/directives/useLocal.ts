import { currentLanguage } from '../../i18n/language.ts';

/** A text of both languages in the one in use. */
export function useLocal(): (text: { vi: string; en: string }) => string {
  return (text) => text[currentLanguage()];
}
