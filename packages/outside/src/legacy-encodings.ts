import iconv from 'iconv-lite';

export type LegacyEncoding = 'tcvn3' | 'vni' | 'windows-1258' | 'viscii';

const VNI_TONES = { sắc: '\u0301', huyền: '\u0300', hỏi: '\u0309', ngã: '\u0303', nặng: '\u0323' };
const HAT = '\u0302';
const BREVE = '\u0306';

// VNI for Windows writes a letter and then its marks as one more character of windows-1252.
const VNI_MARKS = new Map<string, string>([
  ['ù', VNI_TONES.sắc],
  ['ø', VNI_TONES.huyền],
  ['û', VNI_TONES.hỏi],
  ['õ', VNI_TONES.ngã],
  ['ï', VNI_TONES.nặng],
  ['â', HAT],
  ['á', HAT + VNI_TONES.sắc],
  ['à', HAT + VNI_TONES.huyền],
  ['å', HAT + VNI_TONES.hỏi],
  ['ã', HAT + VNI_TONES.ngã],
  ['ä', HAT + VNI_TONES.nặng],
  ['ê', BREVE],
  ['é', BREVE + VNI_TONES.sắc],
  ['è', BREVE + VNI_TONES.huyền],
  ['ú', BREVE + VNI_TONES.hỏi],
  ['ü', BREVE + VNI_TONES.ngã],
  ['ë', BREVE + VNI_TONES.nặng],
]);
const VNI_LETTERS = new Map<string, string>([
  ['ñ', 'đ'],
  ['ô', 'ơ'],
  ['ö', 'ư'],
  ['í', 'í'],
  ['ì', 'ì'],
  ['æ', 'ỉ'],
  ['ó', 'ĩ'],
  ['ò', 'ị'],
  ['î', 'ỵ'],
]);
const VNI_CARRIERS = /[aeouyôö]/iu;

function inCaseOf(model: string, text: string): string {
  return model === model.toLowerCase() ? text : text.toUpperCase();
}

/** VNI for Windows, given as characters of windows-1252, to Unicode NFC. */
function fromVni(text: string): string {
  let result = '';
  let before = '';
  for (const character of text) {
    const lower = character.toLowerCase();
    const mark = VNI_CARRIERS.test(before) ? VNI_MARKS.get(lower) : undefined;
    const letter = VNI_LETTERS.get(lower);
    if (mark !== undefined) result += mark;
    else result += letter === undefined ? character : inCaseOf(character, letter);
    before = mark === undefined ? character : '';
  }
  return result.normalize('NFC');
}

/**
 * Bytes of an old Vietnamese encoding to Unicode NFC. TCVN3 ("ABC", fonts .VnTime) is TCVN 5712:1993 without its
 * control-range capitals; capitals of the .VnTimeH fonts are lower-case bytes and come out in lower case.
 */
export function decodeLegacy(bytes: Uint8Array, encoding: LegacyEncoding): string {
  if (encoding === 'vni') return fromVni(new TextDecoder('windows-1252').decode(bytes));
  if (encoding === 'windows-1258') return new TextDecoder('windows-1258').decode(bytes).normalize('NFC');
  return iconv.decode(bytes, encoding === 'tcvn3' ? 'tcvn' : 'viscii').normalize('NFC');
}

/**
 * Text that was typed with an old Vietnamese font and stored as if it were windows-1252 (usual inside .docx and .pdf)
 * to Unicode NFC; null where a character is not of that code page.
 */
export function decodeFontText(text: string, encoding: 'tcvn3' | 'vni'): string | null {
  if (encoding === 'vni') return fromVni(text);
  const bytes = iconv.encode(text, 'windows-1252');
  if (iconv.decode(bytes, 'windows-1252') !== text) return null;
  return decodeLegacy(bytes, 'tcvn3');
}
