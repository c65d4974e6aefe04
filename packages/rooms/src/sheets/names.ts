import { fold } from '@vonggac/kernel';

export const ZIP_TYPE = 'application/zip';

/** A name that every file system takes. */
export function fileName(name: string): string {
  return (
    name
      .replaceAll(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, '-')
      .replaceAll(/\s+/gu, ' ')
      .trim()
      .slice(0, 100) || 'phieu'
  );
}

/** A name of an .xlsx that none of `taken` has, whatever its case and marks; it is taken then. */
export function uniqueName(name: string, taken: Set<string>): string {
  let made = `${name}.xlsx`;
  for (let n = 2; taken.has(fold(made)); n++) made = `${name} (${n}).xlsx`;
  taken.add(fold(made));
  return made;
}
