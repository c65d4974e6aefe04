/** Kinds of document that a draft may be; the slug is the kind in lower case without diacritics. */
export type DraftKind =
  | 'cong-van'
  | 'cong-dien'
  | 'ke-hoach'
  | 'chi-thi'
  | 'thong-bao'
  | 'bao-cao'
  | 'to-trinh'
  | 'huong-dan'
  | 'quyet-dinh';

/** A table across the page. `share` is a column's part of the width, relative to the others. */
export interface DraftTable {
  readonly kind: 'table';
  readonly caption?: string;
  readonly columns: readonly { readonly title: string; readonly share: number; readonly align?: 'left' | 'right' | 'center' }[];
  readonly rows: readonly (readonly string[])[];
  /** A last row in bold. */
  readonly total?: readonly string[];
}

/** A drawing, such as a chart: SVG without scripts and outside references. `ratio` is height : width. */
export interface DraftPicture {
  readonly kind: 'picture';
  readonly svg: string;
  readonly ratio: number;
  readonly caption: string;
}

export type DraftBlock = DraftTable | DraftPicture;

/** One numbered point, with the points below it. */
export interface DraftItem {
  /** As it is printed: `1.`, `a)`, `-`, `I.`, `Điều 1.`; '' for a paragraph without number. */
  readonly label: string;
  readonly text: string;
  /** Printed after the text and before the points below it. */
  readonly blocks?: readonly DraftBlock[];
  readonly children?: readonly DraftItem[];
}

/** A list that goes with the document, on a page of its own. */
export interface DraftAttachment {
  /** In capitals, such as DANH SÁCH or PHỤ LỤC. */
  readonly title: string;
  readonly subtitle?: string;
  readonly items: readonly string[];
  readonly blocks?: readonly DraftBlock[];
}

/** An administrative document to be drawn up; plain data. Texts are Vietnamese, printed as they are. */
export interface DirectiveDraft {
  readonly kind: DraftKind;
  /** `parent` is the cơ quan chủ quản, null where there is none (a people's committee). */
  readonly issuer: { readonly name: string; readonly parent: string | null };
  /** null leaves a gap before the symbol, to be filled in by the records office. */
  readonly number: string | null;
  /** What follows the slash: `STTTT-CNBCVT`, `KH-UBND`. */
  readonly symbol: string;
  readonly place: string;
  /** null leaves a gap. */
  readonly date: { readonly year: number; readonly month: number | null; readonly day: number | null };
  /** Trích yếu, without `V/v`. */
  readonly subject: string;
  readonly urgency: 'khan' | 'thuong-khan' | 'hoa-toc' | null;
  /** Kính gửi; in a công điện those whom it is wired to. Without bullets and end marks. */
  readonly recipients: readonly string[];
  /** What it rests on, one document each: `Công văn số 342/UBND-VP6 ngày 19/4/2024 của UBND tỉnh về việc …`. */
  readonly bases: readonly string[];
  /** How the body begins after the bases: `Sở … đề nghị các cơ quan, đơn vị thực hiện các nội dung sau:`. */
  readonly opening: string;
  readonly items: readonly DraftItem[];
  readonly closing?: string;
  /** Nơi nhận, without bullets and end marks; the last is usually `Lưu: VT, …`. */
  readonly copies: readonly string[];
  /** `authority` are the lines above the title, such as `TM. ỦY BAN NHÂN DÂN` or `KT. GIÁM ĐỐC`. */
  readonly signer: { readonly authority: readonly string[]; readonly title: string; readonly name: string };
  readonly attachments?: readonly DraftAttachment[];
  /** Set in the smallest size and line that the form allows, for a report that is to stay on one page. */
  readonly compact?: boolean;
  /** Printed at the top of each page, such as [DIỄN TẬP]. */
  readonly mark?: string;
  /** A label at the right in head and foot of each page, such as TLP:AMBER (TLP 2.0); official forms have none. */
  readonly label?: string;
}
