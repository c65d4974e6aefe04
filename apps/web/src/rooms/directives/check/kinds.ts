/** Kinds of documents that a directive may be, most frequent first; names are in the messages. */
export const KINDS = ['cong-van', 'cong-dien', 'chi-thi', 'ke-hoach', 'quyet-dinh', 'thong-bao', 'huong-dan', 'nghi-quyet', 'bao-cao', 'to-trinh', 'chuong-trinh', 'phuong-an', 'quy-che', 'quy-dinh', 'nghi-dinh', 'thong-tu', 'ket-luan', 'khac'] as const;
