export { type AliasChange, type AliasesQuery, type AliasView, changeAlias, listAliases } from './aliases.ts';
export { type AliasInput, assignRows, type Assigned, confirmAliases, type Group, setRowsAside } from './assign.ts';
export {
  type ListFacts,
  type ListFinished,
  type ListSuperseded,
  type ListWithdrawn,
  MATCHED_BY,
  type MatchedBy,
  type MatchedRow,
  type RowsMatched,
  type RowsTakenBack,
  type RowsTried,
} from './events.ts';
export { getList, type ListLine, listLists, type ListsQuery, type ListView } from './get.ts';
export { giveLists } from './give.ts';
export { machineKeyOf } from './model.ts';
export { listFiles } from './named-files.ts';
export { previewRematch, rematchList, type Rematch, type Rematchable, undoRematch } from './rematch.ts';
export { listRowsOf, listUnmatched, refusedLines, type RowsQuery, type RowView, type UnmatchedGroup } from './rows.ts';
export { cancelList, continueList, runList, stopLists } from './run.ts';
export type { ListSettings } from './settings.ts';
export { listRows, lists, senders } from './tables.ts';
export { tryList } from './try-list.ts';
export { uploadAnnex } from './upload-annex.ts';
export { discardList, listSenders, recogniseAgain, uploadList } from './upload.ts';
export { decideWithdrawal, proposeWithdrawal, type Withdrawn } from './withdraw.ts';
