const SECRECY =
  /^[\s"“(<[*_-]*(?:độ mật\s*:?\s*)?(?:tuyệt\s*mật|tối\s*mật|mật|t\s*u\s*y\s*ệ\s*t\s+m\s*ậ\s*t|t\s*ố\s*i\s+m\s*ậ\s*t|m\s*ậ\s*t)[\s"”)>\]*_.-]*$/iu;
const URGENCY =
  /^[\s"“(<[*_-]*(?:độ khẩn\s*:?\s*)?(?:thượng\s*khẩn|khẩn|hỏa\s*tốc(?:\s*hẹn\s*giờ)?|hoả\s*tốc(?:\s*hẹn\s*giờ)?)[\s"”)>\]*_.-]*$/iu;

/** Whether a line is nothing but a stamp of secrecy or urgency (NĐ 30/2020, Phụ lục I, boxes 10a and 10b). */
export function isStamp(line: string): boolean {
  const text = line.normalize('NFC');
  return text.length <= 40 && (SECRECY.test(text) || URGENCY.test(text));
}

/** The stamps among the lines of texts that are otherwise left out: headers, footers, watermarks, turned text. */
export function findStamps(texts: readonly string[]): string[] {
  return texts
    .flatMap((text) => text.split(/[\n\t]/u))
    .map((line) => line.trim())
    .filter(isStamp);
}
