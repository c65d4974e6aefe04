import { describe, expect, it } from 'vitest';
import { describeAgent } from './agent.ts';

describe('a session is recognised by its browser', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
      'Chrome 140 · Windows',
    ],
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0', 'Edge 140 · Windows'],
    ['Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/139.0 Mobile Safari/537.36', 'Chrome 139 · Android'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1', 'Safari 18 · iOS'],
    ['curl/8.5', null],
    [null, null],
  ])('%s', (agent, said) => {
    expect(describeAgent(agent)).toBe(said);
  });
});
