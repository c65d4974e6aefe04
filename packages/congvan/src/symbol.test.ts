import { expect, test } from 'vitest';
import { readSymbol } from './symbol.ts';

test.each([
  ['119/KH-UBND', '119', '119/KH-UBND', 'ke-hoach'],
  ['18/CT-TTg', '18', '18/CT-TTg', 'chi-thi'],
  ['46/CĐ-TTg', '46', '46/CĐ-TTg', 'cong-dien'],
  ['92/TTr-UBND', '92', '92/TTr-UBND', 'to-trinh'],
  ['365/TB-VPCP', '365', '365/TB-VPCP', 'thong-bao'],
  ['342/UBND-VP6', '342', '342/UBND-VP6', 'cong-van'],
  ['56/CATTT-NCSC', '56', '56/CATTT-NCSC', 'cong-van'],
  ['8676/A05-TT4', '8676', '8676/A05-TT4', 'cong-van'],
  ['3418/BVNTW ngày', '3418', '3418/BVNTW', 'cong-van'],
  ['05/2017/QĐ-TTg', '05', '05/2017/QĐ-TTg', 'quyet-dinh'],
  ['20/2017/TT-BTTTT', '20', '20/2017/TT-BTTTT', 'thong-tu'],
  ['86/2015/QH13', '86', '86/2015/QH13', 'luat'],
  ['1234/NQ-UBTVQH15', '1234', '1234/NQ-UBTVQH15', 'nghi-quyet'],
  ['66.22/2026/NQ-CP', '66.22', '66.22/2026/NQ-CP', 'nghi-quyet'],
  ['57-NQ/TW', '57', '57-NQ/TW', 'nghi-quyet'],
  ['19130-CV/VPTW', '19130', '19130-CV/VPTW', 'cong-van'],
  ['130/CP ngày', '130', '130/CP', 'cong-van'],
  ['3467 /QD-BYT', '3467', '3467/QĐ-BYT', 'quyet-dinh'],
  ['674 /CATTT- NCSC', '674', '674/CATTT-NCSC', 'cong-van'],
  ['96/2023/ND-CP', '96', '96/2023/NĐ-CP', 'nghi-dinh'],
  [' /STTTT-CNBCVT', null, '/STTTT-CNBCVT', 'cong-van'],
  ['      /QĐ-UBND', null, '/QĐ-UBND', 'quyet-dinh'],
  ['…../KH-UBND', null, '/KH-UBND', 'ke-hoach'],
  ['......./TTr-PA05', null, '/TTr-PA05', 'to-trinh'],
  ['/2026/TT-BTC', null, '/2026/TT-BTC', 'thong-tu'],
  ['12/HD-BTC', '12', '12/HD-BTC', 'huong-dan'],
  ['12/HĐ-BTC', '12', '12/HĐ-BTC', 'hop-dong'],
  ['45a/STTTT-CNTT.', '45a', '45a/STTTT-CNTT', 'cong-van'],
])('%j', (text, number, code, kind) => {
  expect(readSymbol(text, 0)).toMatchObject({ number, code, kind });
});

test.each(['19/4/2024', 'điều của Luật', '24/7', '30/4, 01/5', '3 năm', ''])('%j is no symbol', (text) => {
  expect(readSymbol(text, 0)).toBeNull();
});

test('a corrected kind tells what was printed', () => {
  expect(readSymbol('3467/QD-BYT', 0)?.printed).toBe('3467/QD-BYT');
  expect(readSymbol('3467/QĐ-BYT', 0)?.printed).toBeNull();
});
