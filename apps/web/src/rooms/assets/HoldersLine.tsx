import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../i18n/format.ts';
import type { AssetDetail } from './api.ts';
import { Period } from './AssetList.tsx';
import styles from './Assets.module.css';

type Line = AssetDetail['line'];
type Piece = { key: string; from: string | null; to: string | null; held: Line[number] | null };

/** Holders and the days without one, in the order of time. */
function piecesOf(line: Line, gaps: AssetDetail['gaps']): Piece[] {
  const pieces = [
    ...line.map((held, at) => ({ key: `held ${at}`, from: held.from, to: held.to, held })),
    ...gaps.map(({ from, to }) => ({ key: `gap ${from}`, from, to, held: null })),
  ];
  return pieces.toSorted((a, b) => (a.from ?? '').localeCompare(b.from ?? ''));
}

/** Who held it over time, as a line and in words. */
export function HoldersLine({ line, gaps }: { line: Line; gaps: AssetDetail['gaps'] }): ReactElement {
  const { t } = useTranslation('assets');
  const pieces = piecesOf(line, gaps);
  const nameOf = ({ held }: Piece): string => (held === null ? t('line.gap') : (held.organisation?.name ?? t('line.stranger')));
  return (
    <section className={styles['stack']} style={{ gap: 8 }}>
      <h2 className={styles['heading']}>{t('line.title')}</h2>
      <div className={styles['line']} aria-hidden="true">
        {pieces.map((piece) => (
          <span
            key={piece.key}
            className={styles[piece.held === null ? 'gap' : 'held']}
            data-now={piece.held?.now ?? false}
            title={nameOf(piece)}
          >
            {piece.from === null || piece.held === null ? '' : formatDate(piece.from)}
          </span>
        ))}
      </div>
      <ol className={styles['plain']}>
        {pieces.map((piece) => (
          <li key={piece.key}>
            <strong>{nameOf(piece)}</strong> <Period row={piece} />
            {piece.held?.now === true && <span className={styles['soft']}> · {t('line.now')}</span>}
            {piece.held?.reason && <div className={styles['soft']}>{piece.held.reason}</div>}
          </li>
        ))}
      </ol>
    </section>
  );
}
