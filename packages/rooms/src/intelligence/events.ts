import type { Usage } from '../assets/index.ts';

/** A list as other rooms see it; all of it belongs to the authority that took it in. */
export type ListFacts = {
  id: string;
  /** The authority that took it in. */
  organisation: string;
  sender: string;
  senderName: string;
  title: string;
  /** Which families it covers, folded; null: every family of this sender. */
  families: readonly string[] | null;
  /** The period that it covers, as instants; null: not known. */
  coversFrom: string | null;
  coversTo: string | null;
  /** The directive whose annex it is, with the requirement that its findings answer and the last day. */
  directive: string | null;
  requirement: string | null;
  due: string | null;
  exercise: string | null;
};

export const MATCHED_BY = ['asset', 'address', 'domain', 'name', 'machine', 'hand'] as const;
export type MatchedBy = (typeof MATCHED_BY)[number];

/** A row that led to a unit. It stands in `list_rows` already when it is raised. */
export type MatchedRow = {
  row: number;
  /** 32 hexadecimal digits: the same sighting in whatever list. */
  key: string;
  /** An earlier row of a living list of this sender has this key: no new sighting, but it is in this list too. */
  isSame: boolean;
  /** ISO 8601 UTC; of a list without times the end of what it covers, then `isTimed` is false. */
  seenAt: string;
  isTimed: boolean;
  /** `asset:‹id›`, `ip:‹address›`, `ip:‹address›/‹private›`, `domain:‹name›`, `host:‹name›`; with the unit and the family it is one finding. */
  machineKey: string;
  /** As the list writes it; '' where it names none. */
  family: string;
  address: string | null;
  port: number | null;
  domain: string | null;
  machine: string | null;
  privateAddress: string | null;
  mac: string | null;
  /** Whom it leads to: the holder, who runs the shared exit, or the operator. */
  target: string;
  asset: string | null;
  network: string | null;
  usage: Usage | null;
  /** 1–5, of the asset's system. */
  level: number | null;
  matchedBy: MatchedBy;
};

/** Rows of one batch, or rows that an officer assigned later. Whoever reacts adds to `counts`. */
export type RowsMatched = {
  name: 'intelligence.rows-matched';
  list: ListFacts;
  rows: readonly MatchedRow[];
  counts: { findingsNew: number; findingsAgain: number };
};

/** A dry-run asks what rows would make: one row for each unit, machine and family. Nothing is written. */
export type RowsTried = {
  name: 'intelligence.rows-tried';
  list: ListFacts;
  rows: readonly MatchedRow[];
  counts: { findingsNew: number; findingsAgain: number };
};

/**
 * A later look at unmatched rows is taken back. Whoever reacts adds to `kept` the rows whose findings were worked on, takes the
 * sightings of the others back and counts the findings that go.
 */
export type RowsTakenBack = {
  name: 'intelligence.rows-taken-back';
  list: ListFacts;
  rows: readonly number[];
  kept: Set<number>;
  counts: { removed: number };
};

/** Every row of a list is in: it may judge the answers to earlier ones. */
export type ListFinished = { name: 'intelligence.list-finished'; list: ListFacts };

/**
 * A corrected list has taken the place of `former`, before `list-finished` of `list`: sightings whose key is in `list` too move
 * there, the others are taken back. In `list_rows`, `is_same` already says of the rows of living lists which one is the first.
 */
export type ListSuperseded = {
  name: 'intelligence.list-superseded';
  list: ListFacts;
  former: string;
  counts: { removed: number; kept: number };
};

/**
 * A list was withdrawn: its sightings are taken back (those whose key another living list has move there), and findings that only
 * they made, unless answered (`kept`). Its verdicts fall too.
 */
export type ListWithdrawn = { name: 'intelligence.list-withdrawn'; list: ListFacts; counts: { removed: number; kept: number } };
