export { FactsList } from './FactsList.tsx';
export { PageHeader } from './PageHeader.tsx';
export { EmptyState, ErrorState, ForbiddenState, LoadingLines } from './PageStates.tsx';
export { Panel } from './Panel.tsx';
export { PrintArea } from './PrintArea.tsx';
export { TimeLine } from './TimeLine.tsx';
