import i18next from 'i18next';
import type { BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { currentLanguage, rememberLanguage } from './language.ts';
import type { Language } from './language.ts';

type Messages = Record<string, unknown>;

const files = import.meta.glob<Messages>(['../rooms/*/messages.*.json', '../ui/messages.*.json', '../shell/messages.*.json'], {
  import: 'default',
});

/** Namespace and language of a messages file: `../rooms/directives/messages.vi.json` → `directives`, `vi`. */
const byName = new Map(
  Object.entries(files).map(([path, load]) => {
    const [, namespace = '', language = ''] = /([\w-]+)\/messages\.(\w+)\.json$/.exec(path) ?? [];
    return [`${language}/${namespace}`, load];
  }),
);

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: async (language: string, namespace: string) => {
    const load = byName.get(`${language}/${namespace}`);
    if (load === undefined) throw new Error(`no messages ${namespace} in ${language}`);
    return await load();
  },
};

/** Starts i18next with one namespace a room; only the language in use is loaded. */
export async function startI18n(): Promise<void> {
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: currentLanguage(),
      fallbackLng: false,
      supportedLngs: ['vi', 'en'],
      ns: ['ui', 'shell'],
      defaultNS: 'ui',
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
      returnNull: false,
    });
  document.documentElement.lang = currentLanguage();
}

/** Switches texts and formats and remembers the choice; the page stays. */
export async function switchLanguage(next: Language): Promise<void> {
  rememberLanguage(next);
  await i18next.changeLanguage(next);
}
