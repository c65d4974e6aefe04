import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import styles from './Shell.module.css';

/** The name of the product as the way home. */
export function Brand(): ReactElement {
  return (
    <Link to="/" className={styles['brand']}>
      <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="#0b4f8a" />
        <path d="M9 10l7 13 7-13" fill="none" stroke="#fff" strokeWidth="3.4" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      Vọng Gác
    </Link>
  );
}
