import { useTranslation } from 'react-i18next';

/** Picks the language of a label that carries both; drawn again when the language is switched. */
export function useLabel(): (label: { vi: string; en: string }) => string {
  const { i18n } = useTranslation('shell');
  return (label) => (i18n.language === 'en' ? label.en : label.vi);
}
