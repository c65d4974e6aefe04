export type Language = 'vi' | 'en';

const STORED = 'vonggac.language';
let language: Language = readStored();

/** The language of the page now; Vietnamese unless English was chosen on this machine or in the account. */
export function currentLanguage(): Language {
  return language;
}

/** Remembers the choice and marks the page for screen readers; loading the texts is `i18n.ts`'s. */
export function rememberLanguage(next: Language): void {
  language = next;
  document.documentElement.lang = next;
  try {
    localStorage.setItem(STORED, next);
  } catch {
    // Storage may be forbidden; the choice then holds until the page is closed.
  }
}

/** True once somebody chose on this machine; the account's language is only taken over before that. */
export function hasStoredLanguage(): boolean {
  try {
    return localStorage.getItem(STORED) !== null;
  } catch {
    return false;
  }
}

function readStored(): Language {
  try {
    return localStorage.getItem(STORED) === 'en' ? 'en' : 'vi';
  } catch {
    return 'vi';
  }
}
