import { useDebouncedValue } from '@mantine/hooks';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiWhen } from '../../api/query.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/language.ts';
import type { Checked } from './api.ts';
import { Period } from './AssetList.tsx';
import styles from './Assets.module.css';
import type { Draft } from './draft.ts';

interface CheckProps {
  draft: Draft;
  lines: readonly string[];
  /** The asset that is being changed. */
  except: string | undefined;
}

/** How many lines are checked while they are typed; the others are when they are sent. */
const MOST = 5;

/** What the register says to what is being typed: overlaps, gaps, claims of others; each line by itself. */
export function LiveCheck({ draft, lines, except }: CheckProps): ReactElement | null {
  const { t } = useTranslation('assets');
  if (draft.kind === 'system') return null;
  const shown = lines.filter((line) => line.length > 2).slice(0, MOST);
  return (
    <div aria-live="polite" className={styles['stack']} style={{ gap: 8 }}>
      {shown.map((value, at) => (
        <CheckedLine
          key={at}
          kind={draft.kind as 'range' | 'domain' | 'host'}
          value={value}
          from={draft.from}
          to={draft.to}
          except={except}
          many={shown.length > 1}
        />
      ))}
      {lines.length > MOST && <p className={styles['soft']}>{t('check.rest', { count: lines.length - MOST })}</p>}
    </div>
  );
}

interface LineProps {
  kind: 'range' | 'domain' | 'host';
  value: string;
  from: string | null;
  to: string | null;
  except: string | undefined;
  many: boolean;
}

function CheckedLine({ kind, value, from, to, except, many }: LineProps): ReactElement | null {
  const { t } = useTranslation('assets');
  const [asked] = useDebouncedValue(value, 350);
  const query = { kind, value: asked, ...(from !== null && { from }), ...(to !== null && { to }), ...(except !== undefined && { except }) };
  const { data } = useApiWhen(asked.length > 2, 'GET /assets/check', { query });
  if (data === undefined || asked.length <= 2) return null;
  const lead =
    many && data.problem !== null && !data.problem[currentLanguage()].includes(asked) ? (
      <span className={styles['value']}>{asked}: </span>
    ) : null;
  if (data.problem !== null)
    return (
      <p className={styles['problem']}>
        {lead}
        {data.problem[currentLanguage()]}
      </p>
    );
  if (data.relations.length === 0 && data.gaps.length === 0)
    return kind === 'host' ? null : <p className={styles['fine']}>{t('check.free', { value: data.value })}</p>;
  return <Relations checked={data} />;
}

function Relations({ checked }: { checked: Checked }): ReactElement {
  const { t } = useTranslation('assets');
  const clash = checked.relations.some(({ relation, meets }) => relation === 'same' && meets);
  return (
    <div className={styles[clash ? 'problem' : 'notice']}>
      {t(clash ? 'check.clash' : 'check.related', { value: checked.value })}
      <ul className={styles['plain']}>
        {checked.relations.map((one, at) => (
          <li key={one.id ?? at}>
            {t(`check.${one.relation}`, { value: one.value ?? checked.value })}{' '}
            <strong>{one.organisation?.name ?? t('check.stranger')}</strong>
            {one.organisation !== null && (
              <>
                {' '}
                (<Period row={one} />)
              </>
            )}
            {one.state === 'claimed' && <span className={styles['soft']}> · {t('state.claimed')}</span>}
          </li>
        ))}
        {checked.more > 0 && <li className={styles['soft']}>{t('more', { count: checked.more })}</li>}
        {checked.gaps.map(({ from, to }) => (
          <li key={from}>{t('check.gap', { from: formatDate(from), to: formatDate(to) })}</li>
        ))}
      </ul>
    </div>
  );
}
