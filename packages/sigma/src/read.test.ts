import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPipeline } from './pipeline.ts';
import { readRules } from './read.ts';

const read = (text: string) => readRules([{ name: 'x.yml', text }]);
const rule = (id: string, value = 'A: 1', condition = 'selection') =>
  `title: ${id}\nid: ${id}\nlogsource: {product: test}\ndetection:\n  selection:\n    ${value}\n  condition: ${condition}\n`;
const codes = (text: string) => read(text).errors.map(({ code, line }) => [code, line]);

describe('where something is wrong', () => {
  it('says file, line and rule', () => {
    const text = `${rule('one')}---\n${rule('two', 'A|contain: x')}---\n${rule('three', 'A: 1', 'selection and')}`;
    expect(read(text).errors).toEqual([
      expect.objectContaining({ file: 'x.yml', line: 14, rule: 'two', code: 'modifier-unknown' }),
      expect.objectContaining({ file: 'x.yml', line: 23, rule: 'three', code: 'condition' }),
    ]);
  });

  it('collects all that is wrong with one rule', () => {
    const text = 'title: a\nlogsource: {}\nlevel: bad\ndetection:\n  s:\n    A|x: 1\n    B|re: (\n  condition: s or t\n';
    expect(codes(text)).toEqual([
      ['attribute', 3],
      ['logsource', 2],
      ['modifier-unknown', 6],
      ['regex', 7],
      ['condition', 8],
    ]);
  });

  it('keeps the documents around a damaged one', () => {
    const { rules, errors } = read(`${rule('one')}---\ntitle: [\nid: x\n---\n${rule('two')}`);
    expect(rules.map(({ id, origin }) => [id, origin.document, origin.line])).toEqual([
      ['one', 0, 1],
      ['two', 2, 12],
    ]);
    expect(errors.map(({ code }) => code)).toEqual(['yaml']);
  });

  it('keeps the files around a damaged one', () => {
    const { rules, errors } = readRules([
      { name: 'a', text: rule('one') },
      { name: 'b', text: '\0\u0001{' },
      { name: 'c', text: rule('two') },
    ]);
    expect([rules.length, errors.map(({ file, code }) => [file, code])]).toEqual([2, [['b', 'yaml']]]);
  });

  it('refuses a key that stands twice, which would lose one of them', () => {
    expect(codes(rule('one', 'A: 1\n    A: 2'))).toEqual([['yaml-duplicate-key', 7]]);
  });

  it('refuses an id that is taken, and tells rules without ids apart', () => {
    expect(read(`${rule('one')}---\n${rule('one')}`).errors).toEqual([expect.objectContaining({ code: 'duplicate-id', line: 9 })]);
    const idless = rule('one').replace('id: one\n', '');
    expect(read(`${idless}---\n${idless}`).rules.map(({ id }) => id)).toEqual(['one', 'one (x.yml:8)']);
  });

  it('names a correlation that stands upon a refused rule', () => {
    const above = 'title: c\ncorrelation: {type: event_count, rules: [one], timespan: 1m, condition: {gte: 2}}\n';
    expect(codes(`${rule('one', 'A|re: (')}---\n${above}`)).toEqual([
      ['regex', 6],
      ['reference', 9],
    ]);
  });

  it('warns of a filter for a rule that is not there', () => {
    const text = 'title: f\nlogsource: {product: test}\nfilter: {rules: [zwei], selection: {A: 1}, condition: selection}\n';
    expect(read(text).warnings).toEqual([expect.objectContaining({ code: 'reference', message: expect.stringContaining('"zwei"') })]);
  });
});

describe('how files are written', () => {
  it('reads byte order marks, CRLF, directives, comments and marks', () => {
    const text = `\ufeff# rules\n%YAML 1.2\n---\n# first\n${rule('one')}...\n---\n---\n# nothing\n---\n${rule('two')}`.replaceAll(
      '\n',
      '\r\n',
    );
    const { rules, errors } = read(text);
    expect([rules.map(({ id }) => id), errors]).toEqual([['one', 'two'], []]);
  });

  it('leaves three dashes within a text alone', () => {
    const { rules, errors } = read(rule('one', 'A: |\n      x\n      ---\n      y'));
    expect([rules.length, errors]).toEqual([1, []]);
  });

  it('reads nothing as nothing', () => {
    expect(read('').errors).toEqual([]);
    expect(read('\n# only a comment\n---\n').errors).toEqual([]);
  });

  it('keeps what a rule says of itself', () => {
    const text = `${rule('one')}name: n\nauthor: [A, B]\nlicense: DRL 1.1\nreferences: https://x\ntags: [attack.t1]\nlevel: HIGH\nstatus: test\nfalsepositives: [x]\n`;
    expect(read(text).rules[0]).toMatchObject({
      name: 'n',
      author: 'A, B',
      license: 'DRL 1.1',
      references: ['https://x'],
      level: 'high',
      tags: ['attack.t1'],
    });
  });
});

describe('what is too much', () => {
  it.each([
    [
      'aliases that unfold',
      `a: &a [x, x, x, x, x, x, x, x, x, x]\n${[...'bcdefghi'].map((name, at) => `${name}: &${name} [${`*${'abcdefgh'[at]},`.repeat(10)}]\n`).join('')}`,
      'yaml-limit',
    ],
    ['an alias within itself', 'a: &a [*a]\n', 'yaml'],
    ['depth', `a: ${'['.repeat(5000)}`, 'yaml'],
    ['length', `a: ${'x'.repeat(2_000_000)}`, 'yaml-limit'],
    ['values', `a: [${'1,'.repeat(200_000)}]`, 'yaml-limit'],
    ['dashes', rule('one', `A|windash: '${'-'.repeat(12)}'`), 'too-large'],
    ['more dashes than there are numbers', rule('one', `A|windash: '${'-'.repeat(2000)}'`), 'too-large'],
    ['parentheses', rule('one', 'A: 1', `'${'('.repeat(1000)}selection${')'.repeat(1000)}'`), 'condition'],
    ['a long regular expression', rule('one', `A|re: '${'x'.repeat(10_000)}'`), 'value'],
    ['a repeated repetition', rule('one', "A|re: '((a{1000}){1000})'"), 'regex'],
    ['tags of YAML', rule('one', 'A: !!js/function x'), 'yaml-tag'],
  ])('%s', (_, text, code) => {
    const from = performance.now();
    expect(read(text).errors.map((error) => error.code)).toEqual([code]);
    expect(performance.now() - from).toBeLessThan(2000);
  });

  it('many regular expressions', () => {
    const values = Array.from({ length: 3000 }, (_, at) => `'\\pL{1000}${at}'`).join(', ');
    expect(read(rule('one', `A|re: [${values}]`)).errors.map(({ code }) => code)).toEqual(['too-large']);
  });

  it('errors without end', () => {
    const { errors } = read('x\n---\n'.repeat(50_000));
    expect([errors.length, errors.at(-1)?.code]).toEqual([1001, 'too-many-errors']);
  });

  it('marks without end', () => {
    const from = performance.now();
    expect(read('---\n'.repeat(500_000)).errors).toEqual([]);
    expect(performance.now() - from).toBeLessThan(2000);
  });

  it('placeholders that multiply', () => {
    const values = Array.from({ length: 1000 }, (_, at) => `v${at}`);
    const text = rule('one', "A|expand: '%a%%a%%a%%a%'");
    expect(readRules([{ name: 'x', text }], { placeholders: { a: values } }).errors.map(({ code }) => code)).toEqual(['too-large']);
  });
});

describe('pipelines', () => {
  it('reads YAML and JSON', () => {
    const pipeline = { placeholders: { a: ['x', 'y'] }, fields: { A: 'b' } };
    expect(readPipeline({ name: 'p', text: JSON.stringify(pipeline) })).toEqual({ pipeline, errors: [] });
    expect(readPipeline({ name: 'p', text: 'placeholders:\n  a: [x, y]\nfields: {A: b}\n' }).pipeline).toEqual(pipeline);
  });

  it('says what it cannot use, and gives the rest', () => {
    const { pipeline, errors } = readPipeline({ name: 'p', text: 'fields: {A: b, C: [d]}\nvars: {}\n' });
    expect(pipeline.fields).toEqual({ A: 'b' });
    expect(errors.map(({ line, code }) => [line, code])).toEqual([
      [1, 'attribute'],
      [2, 'pipeline'],
    ]);
    expect(readPipeline({ name: 'p', text: '- x' }).errors.map(({ code }) => code)).toEqual(['pipeline']);
  });

  it('has no placeholders that nobody gave', () => {
    expect(read(rule('one', "A|expand: '%constructor%'")).warnings.map(({ code }) => code)).toEqual(['placeholder']);
  });
});

it('never throws, whatever a file says', () => {
  const words = fc.constantFrom(
    ...'title id name logsource product detection selection condition correlation filter rules type temporal timespan 1m action global repeat reset level high A|re A|cidr A|windash A|base64offset A|expand A|hour all of them 1 not and or ( ) * & ! | > - -- --- ... : ? [ ] { } , # % @ ` " \' \\ \n \0 0x1 null true <<'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 80 }), fc.nat(10), (parts, from) => {
      const text = parts.join(' ');
      const damaged = rule('one').slice(0, from * 10) + text + rule('one').slice(from * 10);
      for (const each of [text, damaged]) {
        const { rules, correlations, errors } = read(each);
        expect(rules.length + correlations.length + errors.length).toBeLessThan(2000);
      }
    }),
    { numRuns: 1500 },
  );
});

const data = new URL('../../../../shared/data/sigma-rules/', import.meta.url);

describe.skipIf(!existsSync(data))('the rules of SigmaHQ', () => {
  const files = globSync('**/*.yml', { cwd: fileURLToPath(data) }).map((name) => ({
    name,
    text: readFileSync(new URL(name, data), 'utf8'),
  }));

  it('are read whole; two warn of a placeholder', () => {
    const { rules, errors, warnings } = readRules(files);
    expect([files.length, rules.length, errors]).toEqual([3757, 3757, []]);
    expect(warnings.map(({ code }) => code)).toEqual(['placeholder', 'placeholder']);
  });

  it('warn of nothing once the placeholder is given', () => {
    expect(readRules(files, { placeholders: { known_cdcs: ['dc1'] } }).warnings).toEqual([]);
  });
});
