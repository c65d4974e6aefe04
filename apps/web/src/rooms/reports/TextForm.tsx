import { Button, Textarea, TextInput } from '@mantine/core';
import { useEffect } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ForeignText } from '../../ui/document/index.ts';
import { fieldError, Form } from '../../ui/form/index.ts';
import { currentLanguage } from '../../i18n/language.ts';
import type { Report } from './api.ts';
import { addedTo, fieldOf, FIELDS, isList, withField } from './text.ts';
import type { Field } from './text.ts';
import type { ReportDraft } from './useReportDraft.ts';
import styles from './Reports.module.css';

/** Where the server names the place of a field. */
const PLACES: Partial<Record<Field, string>> = { authority: 'signer.authority', title: 'signer.title', name: 'signer.name' };
const placeOf = (field: Field): string => `text.${PLACES[field] ?? field}`;
const ONE_LINE = new Set<Field>(['place', 'title', 'name']);
const ORDER: readonly Field[] = ['measures', 'incidents', 'difficulties', 'proposals'];
const FORMAL: readonly Field[] = FIELDS.filter((field) => !ORDER.includes(field));

/** What is written in the report. The sections come first, the form after them; Ctrl S saves. */
export function TextForm({ report, draft }: { report: Report; draft: ReportDraft }): ReactElement {
  const { t } = useTranslation('reports');
  const { save } = draft;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      void save();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [save]);
  const sections = ORDER.filter((field) => field !== 'measures' || report.kind === 'result');
  const input = (field: Field): ReactElement => (
    <div key={field}>
      <FieldInput field={field} draft={draft} />
      {(field === 'recipients' || field === 'copies') && <Places field={field} places={report.places} draft={draft} />}
    </div>
  );
  return (
    <section className={styles['panel']} aria-label={t('form.label')}>
      <h2>{t('form.label')}</h2>
      {currentLanguage() === 'en' && <p className={styles['hint']}>{t('form.language')}</p>}
      <Form onSubmit={() => void save()} error={draft.conflict ? null : draft.error} places={[...FIELDS.map(placeOf), 'symbol']}>
        {sections.map(input)}
        <details className={styles['more']} open={draft.error?.place !== undefined || undefined}>
          <summary>{t('form.more')}</summary>
          <div className={styles['fields']}>
            <TextInput
              id="report-symbol"
              label={t('field.symbol')}
              value={draft.symbol}
              maxLength={60}
              onChange={(event) => draft.type({ symbol: event.currentTarget.value })}
              error={fieldError(draft.error, 'symbol')}
            />
            {FORMAL.map(input)}
          </div>
        </details>
      </Form>
    </section>
  );
}

/** Who stands near: the issuer, those above it, those to whom the directive was copied. A click adds a line. */
function Places({
  field,
  places,
  draft,
}: {
  field: 'recipients' | 'copies';
  places: readonly string[];
  draft: ReportDraft;
}): ReactElement | null {
  const { t } = useTranslation('reports');
  const left = places.filter((place) => !draft.text[field].some((line) => line.trim() === place));
  if (left.length === 0) return null;
  return (
    <div className={styles['places']}>
      <span className={styles['hint']}>{t('form.add')}</span>
      {left.map((place) => (
        <Button
          key={place}
          variant="default"
          size="compact-sm"
          onClick={() => draft.type({ text: withField(draft.text, field, addedTo(draft.text[field], field, place).join('\n')) })}
        >
          <ForeignText text={place} />
        </Button>
      ))}
    </div>
  );
}

function FieldInput({ field, draft }: { field: Field; draft: ReportDraft }): ReactElement {
  const { t } = useTranslation('reports');
  const common = {
    id: `report-${field}`,
    label: t(`text.${field}`),
    value: fieldOf(draft.text, field),
    lang: 'vi',
    error: fieldError(draft.error, placeOf(field)),
    onChange: (event: { currentTarget: { value: string } }): void =>
      draft.type({ text: withField(draft.text, field, event.currentTarget.value) }),
  };
  if (ONE_LINE.has(field)) return <TextInput {...common} />;
  const isSection = ORDER.includes(field);
  return (
    <Textarea
      {...common}
      autosize
      minRows={1}
      maxRows={14}
      {...(isSection ? { placeholder: t(`empty.${field}`) } : isList(field) ? { description: t('form.oneALine') } : {})}
    />
  );
}
