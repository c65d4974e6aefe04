import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../api/query.ts';
import { switchLanguage } from '../i18n/i18n.ts';
import type { Language } from '../i18n/language.ts';
import styles from './Shell.module.css';

const LANGUAGES: readonly { id: Language; short: string; name: string }[] = [
  { id: 'vi', short: 'VI', name: 'Tiếng Việt' },
  { id: 'en', short: 'EN', name: 'English' },
];

/** Changes the language of the page one is on; the account remembers it when somebody is signed in. */
export function LanguageSwitch({ signedIn = false }: { signedIn?: boolean }): ReactElement {
  const { t, i18n } = useTranslation('shell');
  const { mutate } = useChange('POST /session/language');
  const choose = (language: Language): void => {
    void switchLanguage(language);
    if (signedIn) mutate({ body: { language } });
  };
  return (
    <span className={styles['languages']} role="group" aria-label={t('language')}>
      {LANGUAGES.map(({ id, short, name }) => (
        <button
          key={id}
          type="button"
          lang={id}
          title={name}
          className={styles['language']}
          aria-pressed={i18n.language === id}
          onClick={() => choose(id)}
        >
          {short}
          <span className="only-heard"> {name}</span>
        </button>
      ))}
    </span>
  );
}
