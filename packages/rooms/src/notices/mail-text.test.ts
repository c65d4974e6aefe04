import { describe, expect, it } from 'vitest';
import { noticeText, oneLine } from './mail-text.ts';

describe('the text of a notice', () => {
  const letter = {
    ticket: 'TB-1',
    total: 1,
    newest: 1,
    again: 0,
    frozenAt: '2024-04-26T01:00:00.000Z',
    link: 'https://x',
    label: 'GREEN' as const,
  };
  it('carries label, exercise and test in the subject', () => {
    const { subject } = noticeText({ ...letter, exercise: true, testFor: 'Sở Y tế', hasAccount: true, machines: null });
    expect(subject).toBe('[THỬ] [DIỄN TẬP] [TLP:GREEN] [Vọng Gác] TB-1: 1 điểm cần xử lý');
  });
  it('keeps what a list said on one line', () => {
    expect(oneLine('a\r\nBcc: x@y\u2028\u202Ez\u0000')).toBe('a Bcc: x@y z');
  });
});
