import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField } from '../../../ui/form/DateField.tsx';
import { Panel } from '../../../ui/page/index.ts';
import type { Directive } from '../api.ts';
import styles from '../Directives.module.css';
import { BasesField } from './BasesField.tsx';
import type { Change } from './changes.ts';
import { ChoiceField, FieldRow, TypedField } from './Field.tsx';
import type { Linked } from './Field.tsx';
import { isNumber, isSubject, isSymbol, within } from './sound.ts';
import { useUnsound, useWrongDay } from './unsound.ts';
import { KINDS } from './kinds.ts';
import { OrganisationsField } from './OrganisationsField.tsx';

export interface PartProps {
  view: Directive;
  link: Linked;
  save: (change: Change, now?: boolean) => void;
}

/** The head of the document as it was read, each field correctable. */
export function HeadPanel({ view, link, save }: PartProps): ReactElement {
  const { t } = useTranslation('directives');
  const { partialDate } = view;
  const wrongDay = useWrongDay();
  const head = (part: NonNullable<Change['head']>): void => save({ head: part });
  const printed =
    partialDate.month === null ? t('check.dayLater') : t('check.monthKnown', { month: partialDate.month, year: partialDate.year ?? '…' });
  const text = (key: 'place' | 'issuerName' | 'issuerParent', blank = false): ReactElement => (
    <FieldRow id={key} label={t(`field.${key}`)} link={link} blank={blank && view[key] === null}>
      <TypedField
        label={t(`field.${key}`)}
        name={key}
        check={within(key === 'place' ? 100 : 300)}
        value={view[key]}
        onChange={(value) => head({ [key]: value })}
      />
    </FieldRow>
  );
  return (
    <Panel label={t('check.head')}>
      <div className={styles['panelHead']}>
        <h2>{t('check.head')}</h2>
        <span>{t('check.headHint')}</span>
      </div>
      <FieldRow id="code" label={t('field.code')} link={link} blank={view.number === null}>
        <div className={styles['pair']}>
          <TypedField
            label={t('field.number')}
            name="number"
            check={isNumber}
            value={view.number}
            onChange={(number) => head({ number })}
            placeholder={t('check.numberLater')}
          />
          <TypedField
            label={t('field.symbol')}
            name="symbol"
            check={isSymbol}
            value={view.symbol}
            onChange={(symbol) => head({ symbol })}
          />
        </div>
      </FieldRow>
      <FieldRow id="day" label={t('field.day')} link={link} blank={view.day === null}>
        <DateField
          label={t('field.day')}
          value={view.day}
          onChange={(day) => save({ head: { day } }, true)}
          onWrong={wrongDay('day', t('field.day'))}
          {...(view.day === null ? { description: printed } : {})}
        />
      </FieldRow>
      <FieldRow id="kind" label={t('field.kind')} link={link}>
        <div className={styles['pair']}>
          <ChoiceField
            label={t('field.kindOnly')}
            value={view.kind}
            onChange={(kind) => kind !== null && head({ kind })}
            options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          />
          <ChoiceField
            label={t('field.urgency')}
            value={view.urgency}
            clearable
            placeholder={t('urgency.none')}
            onChange={(value) => head({ urgency: value as Directive['urgency'] })}
            options={(['khan', 'thuong-khan', 'hoa-toc'] as const).map((value) => ({ value, label: t(`urgency.${value}`) }))}
          />
        </div>
      </FieldRow>
      <FieldRow id="subject" label={t('field.subject')} link={link} blank={view.subject === ''}>
        <TypedField
          label={t('field.subject')}
          name="subject"
          check={isSubject}
          value={view.subject}
          lines
          onChange={(subject) => head({ subject: subject?.replaceAll('\n', ' ') ?? '' })}
        />
      </FieldRow>
      {text('issuerName', true)}
      {text('issuerParent')}
      {text('place')}
      <FieldRow id="overseer" label={t('field.overseer')} link={link}>
        <OrganisationsField
          label={t('field.overseer')}
          single
          value={[view.overseer]}
          onChange={([overseer]) => overseer && save({ head: { overseer: overseer.id } }, true)}
        />
      </FieldRow>
      <FieldRow id="window" label={t('field.window')} link={link}>
        <WindowFields view={view} save={save} />
      </FieldRow>
      <BasesField view={view} link={link} save={save} />
      <FieldRow id="signer.name" label={t('field.signer')} link={link} blank={view.signer.name === null}>
        <div className={styles['pair']}>
          <TypedField
            label={t('field.signerTitle')}
            name="signer.title"
            check={within(300)}
            value={view.signer.title}
            onChange={(title) => head({ signer: { ...view.signer, title } })}
          />
          <TypedField
            label={t('field.signerName')}
            name="signer.name"
            check={within(200)}
            value={view.signer.name}
            onChange={(name) => head({ signer: { ...view.signer, name } })}
          />
        </div>
      </FieldRow>
    </Panel>
  );
}

/** The holiday window: its two days are saved together, and not while the last is before the first. */
function WindowFields({ view, save }: Pick<PartProps, 'view' | 'save'>): ReactElement {
  const { t } = useTranslation('directives');
  const unsound = useUnsound();
  const wrongDay = useWrongDay();
  const kept = JSON.parse(unsound.of('window') ?? 'null') as { windowFrom: string | null; windowTo: string | null } | null;
  const { windowFrom, windowTo } = kept ?? view;
  const change = (part: { windowFrom?: string | null; windowTo?: string | null }): void => {
    const next = { windowFrom, windowTo, ...part };
    const turned = next.windowFrom !== null && next.windowTo !== null && next.windowFrom > next.windowTo;
    unsound.put('window', turned ? { text: JSON.stringify(next), label: t('field.window') } : null);
    if (!turned) save({ head: next }, true);
  };
  return (
    <div className={styles['pair']}>
      <DateField
        label={t('field.windowFrom')}
        value={windowFrom}
        onChange={(day) => change({ windowFrom: day })}
        onWrong={wrongDay('windowFrom', t('field.windowFrom'))}
      />
      <DateField
        label={t('field.windowTo')}
        value={windowTo}
        onChange={(day) => change({ windowTo: day })}
        onWrong={wrongDay('windowTo', t('field.windowTo'))}
        error={kept === null ? null : t('wrong.window')}
      />
    </div>
  );
}
