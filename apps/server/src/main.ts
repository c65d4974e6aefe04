import { enableCompileCache, registerHooks, type ResolveFnOutput } from 'node:module';
import path from 'node:path';

// Stripping the types of some hundred files is a good part of a start; the second one finds them done. Where the folder
// cannot be written, Node goes on without.
enableCompileCache(path.join(import.meta.dirname, '../../../node_modules/.cache/vonggac'));

// Node parses the list of exports of a package again at each import of it, and that of drizzle-orm is long: a quarter of a start.
const resolved = new Map<string, ResolveFnOutput>();
registerHooks({
  resolve(specifier, context, next) {
    if (!specifier.startsWith('drizzle-orm')) return next(specifier, context);
    const key = `${specifier} ${context.conditions.join(' ')}`;
    const known = resolved.get(key) ?? { ...next(specifier, context), shortCircuit: true };
    resolved.set(key, known);
    return known;
  },
});
await import('./serve.ts');
