import { DomainError, invalid } from '@vonggac/kernel';
import { OutsideError } from '@vonggac/outside';

export function listTooBig(limit: string): DomainError {
  return new DomainError('too-large', 'feeds.list_too_big', {
    vi: `Danh sách vượt giới hạn ${limit}. Hãy chia nhỏ tệp rồi thử lại.`,
    en: `The list exceeds the limit of ${limit}. Split the file, then retry.`,
  });
}

export function emptyList(): DomainError {
  return invalid('feeds.empty', 'file', {
    vi: 'Tệp không có dòng nào đọc được. Hãy kiểm tra lại tệp.',
    en: 'The file holds no line that can be read. Check the file.',
  });
}

export function noSuchSheet(sheet: string): DomainError {
  return invalid('feeds.no_such_sheet', 'sheet', {
    vi: `Tệp không có trang hoặc bảng “${sheet}”. Hãy chọn lại trang.`,
    en: `The file has no sheet or table “${sheet}”. Choose another one.`,
  });
}

export function tooManyColumns(most: number): DomainError {
  return invalid('feeds.too_many_columns', 'file', {
    vi: `Danh sách có hơn ${most} cột. Hãy xóa các cột thừa rồi thử lại.`,
    en: `The list has more than ${most} columns. Remove spare columns, then retry.`,
  });
}

/** The columns that a sender's mapping names are not in this file. */
export function columnsChanged(missing: readonly string[], seen: readonly string[]): DomainError {
  const list = (names: readonly string[]): string =>
    names
      .slice(0, 20)
      .map((name) => `“${name.slice(0, 60)}”`)
      .join(', ');
  return invalid(
    'feeds.columns_changed',
    'columns',
    {
      vi: `Tệp không có cột ${list(missing)} như các danh sách trước của nơi gửi này; hiện có ${list(seen)}. Hãy ghép lại cột.`,
      en: `The file has no column ${list(missing)} that earlier lists of this sender had; it has ${list(seen)}. Map the columns again.`,
    },
    { missing, seen },
  );
}

/** What a reader of outside formats refused, as an error of the domain with the same texts. */
export function fromOutside(error: unknown): unknown {
  if (error instanceof OutsideError || (error instanceof Error && error.name === 'UnreadableFile')) {
    const { code, messages, place } = error as OutsideError;
    const kind = code.startsWith('too-') ? 'too-large' : 'invalid';
    return new DomainError(kind, `feeds.${code.replaceAll('-', '_')}`, messages, place === undefined ? {} : { place });
  }
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
    return invalid('feeds.gzip_broken', 'file', {
      vi: 'Tệp nén .gz bị hỏng hoặc chưa đủ. Hãy xin lại tệp.',
      en: 'The .gz file is damaged or incomplete. Ask for the file again.',
    });
  return error;
}
