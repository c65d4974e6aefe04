export { EvidenceList } from './EvidenceList.tsx';
export { DueText, TaskChip } from './TaskChip.tsx';
export { PastPeriods } from '../periods/PastPeriods.tsx';
export { PeriodLine } from '../periods/PeriodLine.tsx';
export { PartsOfItem } from './PartsOfItem.tsx';
export { TaskHistory } from './TaskHistory.tsx';
export { TaskReview } from './TaskReview.tsx';
