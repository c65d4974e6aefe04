import { describe, expect, it } from 'vitest';
import { evidenceTypeOf } from './evidence-type.ts';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n');
const PNG = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c6360000002000154a24f5d0000000049454e44ae426082',
  'hex',
);
const EXE = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200, 1)]);
const CFB = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1024)]);

const outcome = (content: Uint8Array, name: string) =>
  evidenceTypeOf(content, name).then(
    ({ type }) => type,
    (error: { code: string }) => error.code,
  );

describe('evidence is judged by its content', () => {
  it.each([
    ['a PDF', PDF, 'báo cáo.pdf', 'application/pdf'],
    ['a picture', PNG, 'ảnh.PNG', 'image/png'],
    ['an old Word file', CFB, 'kế hoạch.doc', 'application/x-cfb'],
    ['a log', Buffer.from('2024-04-26 08:00 đã cập nhật\n'), 'máy chủ.log', 'text/plain'],
    ['a table', Buffer.from('may,ket qua\n1,sach\n'), 'ds.csv', 'text/csv'],
    ['XML', Buffer.from('<?xml version="1.0"?><scan/>'), 'quet.xml', 'text/plain'],
    ['a program', EXE, 'a.exe', 'evidence.refused_type'],
    ['a program that calls itself a PDF', EXE, 'bao-cao.pdf', 'evidence.refused_type'],
    ['a picture that calls itself a PDF', PNG, 'bao-cao.pdf', 'evidence.mismatch'],
    ['a PDF without an ending', PDF, 'bao-cao', 'evidence.mismatch'],
    ['a script', Buffer.from('#!/bin/sh\nrm -rf /\n'), 'x.txt', 'evidence.refused_type'],
    ['a page', Buffer.from('<!DOCTYPE html><p>x'), 'x.txt', 'evidence.refused_type'],
    ['a drawing with script', Buffer.from('<svg onload="x"/>'), 'x.xml', 'evidence.refused_type'],
    ['a batch file', Buffer.from('@echo off\r\ndel x'), 'x.txt', 'evidence.refused_type'],
    ['PowerShell by its name', Buffer.from('Get-Item x'), 'x.ps1', 'evidence.mismatch'],
    ['bytes that are nothing', Buffer.from([0, 1, 2, 3, 4]), 'x.txt', 'evidence.refused_type'],
    [
      'an installer in old Office dress',
      Buffer.concat([CFB, Buffer.from('84100c0000000000c000000000000046', 'hex')]),
      'x.doc',
      'evidence.refused_type',
    ],
    ['a macro in an old file', Buffer.concat([CFB, Buffer.from('_VBA_PROJECT', 'utf16le')]), 'x.xls', 'evidence.macro'],
    ['nothing', Buffer.alloc(0), 'x.txt', 'evidence.empty'],
  ])('%s', async (_, content, name, expected) => {
    expect(await outcome(content, name)).toBe(expected);
  });

  it('keeps the name, without a path or hidden characters', async () => {
    expect((await evidenceTypeOf(PDF, '..\\..\\tmp/bao\u202Ecao\u0000.pdf')).name).toBe('baocao.pdf');
  });
});
