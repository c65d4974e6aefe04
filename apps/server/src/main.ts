import { enableCompileCache } from 'node:module';
import path from 'node:path';

// Stripping the types of some hundred files is a good part of a start; the second one finds them done. Where the folder
// cannot be written, Node goes on without.
enableCompileCache(path.join(import.meta.dirname, '../../../node_modules/.cache/vonggac'));
await import('./serve.ts');
