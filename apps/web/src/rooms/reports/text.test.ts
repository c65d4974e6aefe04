import { describe, expect, it } from 'vitest';
import type { ReportText } from './api.ts';
import { addedTo, differences, fieldOf, sent, shareOf, takenInto, withField, withNote } from './text.ts';

const text: ReportText = {
  subject: 'nhanh tình hình',
  place: 'Mẫu',
  recipients: ['UBND tỉnh'],
  opening: '',
  measures: '',
  incidents: '',
  difficulties: 'Thiếu nhân lực.',
  proposals: '',
  closing: '',
  copies: ['Như trên', 'Lưu: VT'],
  signer: { authority: ['KT. GIÁM ĐỐC'], title: 'PHÓ GIÁM ĐỐC', name: '' },
};
const note = { code: '45/BC-SYT', organisation: 'Sở Y tế', note: 'Chưa có\n máy chủ dự phòng.', section: null };

describe('the text of a report', () => {
  it('a list is typed one entry a line, with an empty line while it is typed and none when it is sent', () => {
    const typed = withField(text, 'copies', 'Như trên\n\nLưu: VT\n');
    expect(fieldOf(typed, 'copies')).toBe('Như trên\n\nLưu: VT\n');
    expect(sent(typed).copies).toEqual(['Như trên', 'Lưu: VT']);
    expect(differences(text, typed)).toEqual([]);
  });
  it('takes a place into a list once more, before the line of what is kept', () => {
    expect(addedTo(text.copies, 'copies', 'UBND tỉnh')).toEqual(['Như trên', 'UBND tỉnh', 'Lưu: VT']);
    expect(addedTo(['UBND tỉnh', ''], 'recipients', 'Sở A')).toEqual(['UBND tỉnh', 'Sở A']);
  });
  it('says which fields differ, the signer among them', () => {
    const other = withField(withField(text, 'name', 'Người ký'), 'incidents', 'Không ghi nhận.');
    expect(differences(text, other)).toEqual(['incidents', 'name']);
    expect(text.signer.name).toBe('');
  });
  it('takes a note of an agency in as one line with its name, and knows that it stands there', () => {
    expect(takenInto(text, note)).toBeNull();
    const taken = withNote(text, 'difficulties', note);
    expect(taken.difficulties).toBe('Thiếu nhân lực.\n- Sở Y tế: Chưa có máy chủ dự phòng.');
    expect(takenInto(taken, note)).toBe('difficulties');
    expect(withNote(text, 'proposals', note).proposals).toBe('- Sở Y tế: Chưa có máy chủ dự phòng.');
  });
});

describe('a share', () => {
  it('has one decimal at most, and is none without a measure or a denominator', () => {
    expect(shareOf({ value: 44, of: 45 })).toBe(97.8);
    expect(shareOf({ value: null, of: 45 })).toBeNull();
    expect(shareOf({ value: 3, of: 0 })).toBeNull();
  });
});
