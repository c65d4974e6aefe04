import { cpSync, linkSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The rules for Windows alone, as the peers were measured with. @returns where they lie, in `folder` */
export function windowsRules(rules: string, folder: string): string {
  const to = join(folder, 'rules');
  for (const name of readdirSync(rules, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.yml') || !/^ +product: *windows\s*$/mu.test(readFileSync(join(rules, name), 'utf8'))) continue;
    mkdirSync(dirname(join(to, name)), { recursive: true });
    cpSync(join(rules, name), join(to, name));
  }
  return to;
}

/** The corpus several times over: hard links where the disk allows, else copies. @returns where it lies, in `folder` */
export function copiesOf(corpus: string, count: number, folder: string): string {
  const to = join(folder, `corpus-${count}`);
  for (let copy = 0; copy < count; copy++)
    for (const name of readdirSync(corpus, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.evtx')) continue;
      const path = join(to, String(copy), name);
      mkdirSync(dirname(path), { recursive: true });
      try {
        linkSync(join(corpus, name), path);
      } catch {
        cpSync(join(corpus, name), path);
      }
    }
  return to;
}
