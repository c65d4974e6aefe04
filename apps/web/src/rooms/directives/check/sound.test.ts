import { describe, expect, it } from 'vitest';
import { listOf } from './copies.ts';
import { each, isEmail, isNumber, isPath, isPhone, isSubject, isSymbol, within } from './sound.ts';
import { unsoundLabels } from './unsound.ts';

describe('what cannot be saved as it was typed', () => {
  it.each(['342', '15A', '1.024', '7Đ', null])('number %s is fine', (value) => expect(isNumber(value)).toBeNull());
  it.each(['abc', '12/5', '15AB', 'số 3', '12 3'])('number %s is not', (value) => expect(isNumber(value)).toEqual({ key: 'number' }));
  it('a symbol has no space in it, a subject is not empty', () => {
    expect(isSymbol('/STTTT CNTT')).toEqual({ key: 'symbol' });
    expect(isSymbol('/STTTT-CNTT')).toBeNull();
    expect(isSymbol('x'.repeat(81))).toEqual({ key: 'long', max: 80 });
    expect(isSubject(null)).toEqual({ key: 'subject' });
    expect(within(3)('abcd')).toEqual({ key: 'long', max: 3 });
  });
  it('an item has a number of its own', () => {
    const check = isPath(['1', '1.a']);
    expect(check('1.b')).toBeNull();
    expect(check('1.a')).toEqual({ key: 'pathTwice', text: '1.a' });
    expect(check(null)).toEqual({ key: 'path' });
  });
  it('phones and addresses are named where they are wrong', () => {
    const phones = each(listOf, (part) => !isPhone(part), 'phone');
    expect(phones('0229.3871.234; 18001091')).toBeNull();
    expect(phones('0229 3871 234; máy lẻ')).toEqual({ key: 'phone', text: 'máy lẻ' });
    const emails = each(listOf, (part) => !isEmail(part), 'email');
    expect(emails('a@so.gov.vn')).toBeNull();
    expect(emails('a@so.gov.vn; b')).toEqual({ key: 'email', text: 'b' });
  });
  it('fields of removed items hold nothing up', () => {
    const all = { number: { text: 'abc', label: 'Số' }, 'requirement:x.path': { text: '', label: 'Mục' } };
    expect(unsoundLabels(all, [{ id: 'x' }])).toEqual(['Số', 'Mục']);
    expect(unsoundLabels(all, [{ id: 'y' }])).toEqual(['Số']);
  });
});
