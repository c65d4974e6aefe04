export { EvidenceList } from './EvidenceList.tsx';
export { DueText, TaskChip } from './TaskChip.tsx';
export { PartsOfItem } from './PartsOfItem.tsx';
export { TaskHistory } from './TaskHistory.tsx';
export { TaskReview } from './TaskReview.tsx';
