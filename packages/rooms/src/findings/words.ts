import type { Text } from '@vonggac/kernel';
import type { FindingAnswer, FindingState, Verdict } from './model.ts';

export const STATE_NAMES: Readonly<Record<FindingState, Text>> = {
  open: { vi: 'Chưa xử lý', en: 'Open' },
  answered: { vi: 'Đã trả lời', en: 'Answered' },
  closed: { vi: 'Đã khép lại', en: 'Closed' },
  void: { vi: 'Đã hủy', en: 'Void' },
};

export const ANSWER_NAMES: Readonly<Record<FindingAnswer, Text>> = {
  cleaned: { vi: 'Đã bóc gỡ', en: 'Cleaned' },
  patched: { vi: 'Đã vá', en: 'Patched' },
  'not-ours': { vi: 'Không phải của đơn vị', en: 'Not ours' },
  disputed: { vi: 'Đề nghị xem xét lại', en: 'Disputed' },
  postponed: { vi: 'Xin lùi thời hạn', en: 'Postponed' },
  subscriber: { vi: 'Thuê bao là đơn vị khác', en: 'The subscriber is a unit' },
  'other-subscriber': { vi: 'Thuê bao ngoài phạm vi', en: 'Another subscriber' },
  informed: { vi: 'Đã thông báo thuê bao', en: 'Subscriber informed' },
  'head-office': { vi: 'Đã chuyển tổng công ty', en: 'Passed to the head office' },
  'passed-on': { vi: 'Đã chuyển đơn vị', en: 'Passed on' },
};

export const VERDICT_NAMES: Readonly<Record<Verdict, Text>> = {
  unverified: { vi: 'Chưa kiểm chứng', en: 'Unverified' },
  'not-seen': { vi: 'Không còn ghi nhận', en: 'Not seen any more' },
  'seen-again': { vi: 'Ghi nhận lại', en: 'Seen again' },
};
