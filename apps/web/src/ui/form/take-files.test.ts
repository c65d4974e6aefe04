import { describe, expect, it } from 'vitest';
import { takeFiles } from './take-files.ts';

const file = (name: string, size = 1) => ({ name, size });
const [a, b, big] = [file('a'), file('b'), file('big', 11)];

describe('files chosen or dropped together', () => {
  it('several where one is taken: the first, and the others are named', () => {
    expect(takeFiles([a, b], { held: [], multiple: false, maxBytes: 10 })).toEqual({ files: [a], large: [], left: [b] });
  });
  it('several where several are taken are added to what is there', () => {
    expect(takeFiles([b], { held: [a], multiple: true, maxBytes: 10 })).toEqual({ files: [a, b], large: [], left: [] });
  });
  it('one that is too large leaves what is there, and takes no other’s place', () => {
    expect(takeFiles([big], { held: [a], multiple: false, maxBytes: 10 })).toEqual({ files: [a], large: [big], left: [] });
    expect(takeFiles([big, b], { held: [], multiple: false, maxBytes: 10 })).toEqual({ files: [b], large: [big], left: [] });
  });
});
