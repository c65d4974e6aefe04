const ONSET = '(?:ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?';
const RHYME =
  '(?:uyê|uya|uyu|oai|oao|oay|oeo|uây|uôi|ươi|ươu|iêu|yêu|uêu|ia|iê|yê|ua|uô|ưa|ươ|oa|oă|oe|oo|uâ|uê|uy|uơ|' +
  'ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|[aăâeêioôơuưy])';
const SYLLABLE = new RegExp(`^${ONSET}${RHYME}(?:ch|ng|nh|[cmnpt])?$`, 'u');
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;
const TOKEN = /[^\s!-@[-`{-~]+/gu;
const EDGES = /^[“”‘’«»–—…•·§°]+|[“”‘’«»–—…•·§°]+$/gu;
const SAMPLE = 200_000;

/** Whether a word (letters only, NFC) is built like a Vietnamese syllable, written in one case or with a capital. */
export function isVietnameseSyllable(word: string): boolean {
  const lower = word.toLowerCase();
  const upper = word.toUpperCase();
  const capital = upper.charAt(0) + lower.slice(1);
  if (word !== lower && word !== upper && word !== capital) return false;
  const apart = lower.normalize('NFD');
  if ((apart.match(TONES)?.length ?? 0) > 1) return false;
  return SYLLABLE.test(apart.replace(TONES, '').normalize('NFC'));
}

/** Of the words that hold a letter outside ASCII: how many there are and which share is built like Vietnamese (0–1). */
export function scoreVietnamese(text: string): { words: number; share: number } {
  let words = 0;
  let good = 0;
  for (const [token] of text.slice(0, SAMPLE).matchAll(TOKEN)) {
    const word = token.replace(EDGES, '');
    // eslint-disable-next-line no-control-regex
    if (word === '' || /^[\u0000-\u007f]*$/u.test(word)) continue;
    words += 1;
    if (isVietnameseSyllable(word.normalize('NFC'))) good += 1;
  }
  return { words, share: words === 0 ? 0 : good / words };
}
