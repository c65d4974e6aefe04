import type { ReactElement } from 'react';
import styles from './Document.module.css';
import { visibleParts } from './visible.ts';

/** Text from outside as text nodes, with control and direction characters shown instead of obeyed. */
export function ForeignText({ text }: { text: string }): ReactElement {
  return (
    <bdi>
      {visibleParts(text).map((part, at) =>
        typeof part === 'string' ? (
          part
        ) : (
          <span key={at} className={styles['control']} data-hidden="">
            {part.code}
          </span>
        ),
      )}
    </bdi>
  );
}
