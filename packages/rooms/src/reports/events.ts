/** A report went out; its files are named. */
export type ReportIssued = { name: 'reports.issued'; report: string; directive: string; organisation: string };
