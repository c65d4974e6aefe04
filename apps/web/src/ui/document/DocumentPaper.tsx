import { memo, useEffect, useMemo, useRef } from 'react';
import type { KeyboardEvent, MouseEvent, ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Document.module.css';
import { ForeignText } from './ForeignText.tsx';
import { paragraphsOf } from './marks.ts';
import type { Mark, Paragraph, Piece } from './marks.ts';

interface DocumentPaperProps {
  text: string;
  marks?: readonly Mark[];
  selected?: string | null;
  onSelect?: (id: string) => void;
  /** Notes beside the line where a mark begins, by mark id: the state of a requirement in the margin. */
  margin?: Readonly<Record<string, ReactNode>>;
  /** Names the document for screen readers. */
  label: string;
  /** CSS height limit; the whole text stands on the page without it. */
  height?: string;
}

const NO_MARKS: readonly Mark[] = [];

/**
 * A document as it was signed, with what was understood marked in it. A click on a mark selects it; a selection from outside scrolls into
 * view. Tab reaches the marks, arrow keys go from one to the next. Foreign text is drawn as text nodes only.
 */
export function DocumentPaper({
  text,
  marks = NO_MARKS,
  selected = null,
  onSelect,
  margin,
  label,
  height,
}: DocumentPaperProps): ReactElement {
  const paper = useRef<HTMLDivElement>(null);
  const paragraphs = useMemo(() => paragraphsOf(text, marks), [text, marks]);
  const entry = selected !== null && marks.some(({ id }) => id === selected) ? selected : marks[0]?.id;
  useEffect(() => {
    if (selected === null) return;
    const first = anchorsOf(paper.current).find((anchor) => anchor.dataset['anchor'] === selected);
    if (first !== undefined) showInside(paper.current, first);
  }, [selected]);
  const onClick = (event: MouseEvent): void => {
    // Whoever draws over a passage chooses text, not the mark on which the pointer came to rest.
    if (document.getSelection()?.isCollapsed === false) return;
    const id = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-mark]')?.dataset['mark'] : undefined;
    if (id !== undefined) onSelect?.(id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const anchors = anchorsOf(paper.current);
    const at = anchors.findIndex((anchor) => anchor === event.target);
    if (at < 0) return;
    const step =
      event.key === 'ArrowDown' || event.key === 'ArrowRight' ? 1 : event.key === 'ArrowUp' || event.key === 'ArrowLeft' ? -1 : 0;
    if (step !== 0) anchors[at + step]?.focus();
    else if (event.key === 'Enter' || event.key === ' ') onSelect?.(anchors[at]?.dataset['anchor'] ?? '');
    else return;
    event.preventDefault();
  };
  // The marks inside are the buttons; their clicks and keys are handled here once for all of them.
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={paper}
      className={`${styles['paper']} ${margin === undefined ? '' : styles['withMargin']}`}
      style={{ maxHeight: height }}
      role="document"
      aria-label={label}
      lang="vi"
      tabIndex={height === undefined ? undefined : 0}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      {paragraphs.map((paragraph) => (
        <Line
          key={paragraph.start}
          paragraph={paragraph}
          selected={selected !== null && touches(paragraph, selected) ? selected : null}
          entry={entry !== undefined && touches(paragraph, entry) ? entry : null}
          margin={margin}
        />
      ))}
    </div>
  );
}

interface LineProps {
  paragraph: Paragraph;
  selected: string | null;
  entry: string | null;
  margin: Readonly<Record<string, ReactNode>> | undefined;
}

const Line = memo(function Line({ paragraph, selected, entry, margin }: LineProps): ReactElement {
  if (paragraph.look === 'blank') return <div className={styles['blank']} />;
  const notes = paragraph.pieces
    .flatMap(({ begins }) => begins)
    .flatMap(({ id }) => (margin?.[id] === undefined ? [] : [{ id, note: margin[id] }]));
  return (
    <div className={`${styles['line']} ${styles[paragraph.look]}`}>
      <p dir="ltr" data-from={paragraph.start}>
        {paragraph.pieces.map((piece) => (
          <PieceOfText key={piece.start} piece={piece} selected={selected} entry={entry} />
        ))}
      </p>
      {notes.length > 0 && (
        <div className={styles['note']}>
          {notes.map(({ id, note }) => (
            <div key={id} data-mark={id}>
              {note}
            </div>
          ))}
        </div>
      )}
    </div>
  );
});

function PieceOfText({ piece, selected, entry }: { piece: Piece; selected: string | null; entry: string | null }): ReactElement {
  const { t } = useTranslation('ui');
  const { mark, begins, text } = piece;
  const content = <ForeignText text={text} />;
  if (mark === null) return content;
  const chosen = selected !== null && piece.over.includes(selected);
  const className = `${styles['mark']} ${styles[mark.kind]} ${chosen ? styles['chosen'] : ''}`;
  // The outer one of two marks that begin together has no piece of its own to stand on.
  const outer = begins.filter((begun) => begun !== mark).map(({ id }) => <span key={id} data-anchor={id} tabIndex={-1} />);
  if (!begins.includes(mark)) {
    return (
      <span className={className} data-mark={mark.id}>
        {content}
      </span>
    );
  }
  return (
    <>
      {outer}
      <span
        className={className}
        data-mark={mark.id}
        data-anchor={mark.id}
        role="button"
        tabIndex={mark.id === entry ? 0 : -1}
        aria-pressed={mark.id === selected}
        title={t(`mark.${mark.kind}`)}
      >
        {content}
      </span>
    </>
  );
}

/** Scrolls the paper alone when it has a height of its own, so that the page around it stays where it is. */
function showInside(paper: HTMLElement | null, mark: HTMLElement): void {
  if (paper === null || paper.scrollHeight <= paper.clientHeight) return mark.scrollIntoView({ block: 'nearest' });
  const from = mark.getBoundingClientRect();
  const within = paper.getBoundingClientRect();
  if (from.top >= within.top && from.bottom <= within.bottom - 40) return;
  paper.scrollTo({ top: paper.scrollTop + from.top - within.top - paper.clientHeight / 3 });
}

function touches({ pieces }: Paragraph, id: string): boolean {
  return pieces.some(({ over }) => over.includes(id));
}

function anchorsOf(paper: HTMLElement | null): HTMLElement[] {
  return [...(paper?.querySelectorAll<HTMLElement>('[data-anchor]') ?? [])];
}
