export { FactsList } from './FactsList.tsx';
export type { Fact } from './FactsList.tsx';
export { PageHeader, usePageTitle } from './PageHeader.tsx';
export { EmptyState, ErrorState, ForbiddenState, LoadingLines } from './PageStates.tsx';
export { Panel } from './Panel.tsx';
export { PrintArea } from './PrintArea.tsx';
export { TimeLine } from './TimeLine.tsx';
export type { TimeLineEntry } from './TimeLine.tsx';
