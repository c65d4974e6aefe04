import { describe, expect, it } from 'vitest';
import { bareOf, groupKeyOf, keyOf, keysOf, splitContext } from './phrase-text.ts';

const here = ['ninh binh'];

describe('groupKeyOf', () => {
  const same: [string, string][] = [
    ['- Các Sở, ban, ngành của tỉnh;', 'các Sở, ban, ngành'],
    ['Các sở, ngành', 'các Sở, ban, ngành'],
    ['Các sở, ban và ngành thuộc tỉnh Ninh Bình', 'các Sở, ban, ngành'],
    ['UBND các huyện, TP', 'Ủy ban nhân dân các huyện, thành phố'],
    ['Các Sở, ban, ngành của tỉnh Ninh Bình', 'các Sở, ban, ngành'],
    ['Các Sở, ban, ngành cấp tỉnh', 'các Sở, ban, ngành'],
    ['Các sở, ban, ngành trực thuộc UBND tỉnh', 'các Sở, ban, ngành của tỉnh'],
    ['Các Sở, ban, ngành tỉnh và UBND các huyện, thành phố', 'Các Sở, ban, ngành; UBND các huyện, thành phố thuộc tỉnh'],
    ['Giám đốc các Sở, Thủ trưởng các ban, ngành', 'các Sở, ban, ngành'],
    ['Chủ tịch UBND các huyện, thành phố', 'UBND các huyện, thành phố'],
    ['Các phòng, ban thuộc huyện', 'Các phòng, ban của huyện'],
    ['Các phòng, ban trực thuộc UBND thành phố', 'các phòng, ban'],
    ['các thành phố, huyện', 'UBND các huyện, thành phố'],
    ['Các doanh nghiệp cung cấp dịch vụ viễn thông, Internet.', 'Các doanh nghiệp viễn thông, Internet trên địa bàn tỉnh'],
  ];
  it.each(same)('%s is %s', (a, b) => expect(groupKeyOf(a, here)).toBe(groupKeyOf(b, here)));
  const different: [string, string][] = [
    ['UBND các huyện, thành phố', 'UBND các xã, phường'],
    ['các Sở, ban, ngành', 'các Sở, ban, ngành, đoàn thể'],
    ['UBND các xã, phường', 'UBND các xã, phường, thị trấn'],
    ['UBND tỉnh, các Sở, ban, ngành', 'các Sở, ban, ngành'],
    ['UBND tỉnh', 'UBND các huyện, thành phố'],
    ['Các đơn vị sự nghiệp thuộc huyện', 'Các đơn vị sự nghiệp thuộc tỉnh'],
    ['UBND các huyện, thị xã, thành phố', 'UBND các huyện, thành phố'],
  ];
  it.each(different)('%s is not %s', (a, b) => expect(groupKeyOf(a, here)).not.toBe(groupKeyOf(b, here)));
});

describe('keysOf', () => {
  const meet = (a: string, b: string) => keysOf(a, here).some((key) => keysOf(b, here).includes(key));
  it.each([
    ['Sở TT&TT', 'Sở Thông tin và Truyền thông'],
    ['Sở TTTT tỉnh Ninh Bình', 'Sở Thông tin và Truyền thông'],
    ['Uỷ ban nhân dân TP. Hoa Lư', 'UBND thành phố Hoa Lư'],
    ['Mobifone tỉnh Ninh Bình', 'MobiFone Ninh Bình'],
    ['Sở GD&ĐT', 'Sở Giáo dục và Đào tạo'],
    ['UBND tỉnh (để b/c);', 'UBND tỉnh Ninh Bình'],
    ['Sở LĐ-TB&XH', 'Sở Lao động, Thương binh và Xã hội'],
  ])('%s meets %s', (a, b) => expect(meet(a, b)).toBe(true));
  it.each([
    ['Sở Y tế', 'Sở Tư pháp'],
    ['UBND xã Gia Lạc', 'UBND xã Gia Phong'],
    ['Viettel Ninh Bình', 'Viễn thông Ninh Bình'],
  ])('%s does not meet %s', (a, b) => expect(meet(a, b)).toBe(false));
});

describe('bareOf and splitContext', () => {
  it('drop dash, number, purpose and end mark', () => {
    expect(bareOf('- Công an tỉnh (để p/h);')).toBe('Công an tỉnh');
    expect(bareOf('7. VTVcap Ninh Bình./.')).toBe('VTVcap Ninh Bình');
  });
  it('read the district that tells two communes apart', () => {
    expect(splitContext('UBND xã Gia Lạc (huyện Gia Viễn cũ)')).toEqual({ name: 'UBND xã Gia Lạc', context: keyOf('huyện Gia Viễn') });
    expect(splitContext('UBND xã Gia Lạc, huyện Gia Viễn, tỉnh Ninh Bình')).toEqual({
      name: 'UBND xã Gia Lạc',
      context: keyOf('huyện Gia Viễn'),
    });
    expect(splitContext('Sở Văn hóa, Thể thao')).toEqual({ name: 'Sở Văn hóa, Thể thao', context: null });
  });
});
