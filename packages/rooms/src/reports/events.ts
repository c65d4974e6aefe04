/** A report went out; its files are named. */
export type ReportIssued = { name: 'reports.issued'; report: string; kind: 'quick' | 'result'; directive: string; organisation: string };
