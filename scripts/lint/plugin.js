/** Names of functions that open a writing transaction, and of what every mutation must call. */
const OPENS = 'inTransaction';
const CHECKS = new Set(['may', 'mustReach', 'mustReachOrSupervise', 'reaches', 'mayIn']);
const AUDITS = new Set(['record', 'recordMany']);

function calls(node, names) {
  let found = false;
  const visit = (at) => {
    if (found || at === null || typeof at !== 'object') return;
    if (Array.isArray(at)) return at.forEach(visit);
    if (at.type === 'CallExpression' && at.callee.type === 'Identifier' && names.has(at.callee.name)) {
      found = true;
      return;
    }
    for (const [key, value] of Object.entries(at)) if (key !== 'parent') visit(value);
  };
  visit(node);
  return found;
}

function isExportedFunction(node) {
  return node.parent?.type === 'ExportNamedDeclaration';
}

const mutationGuards = {
  meta: { type: 'problem' },
  create(context) {
    const file = (context.filename ?? context.getFilename()).replaceAll('\\', '/');
    if (!/packages\/rooms\/src\//.test(file) || file.endsWith('.test.ts')) return {};
    const exempt = /\/(audit|identity)\//.test(file);
    return {
      FunctionDeclaration(node) {
        if (!isExportedFunction(node) || !calls(node.body, new Set([OPENS]))) return;
        const source = context.sourceCode ?? context.getSourceCode();
        const helpers = source.ast.body;
        if (!exempt && !calls(node.body, CHECKS) && !calls(helpers, CHECKS))
          context.report({ node: node.id, message: 'A verb that writes first asks may(ctx, …) or mustReach(ctx, …).' });
        if (!/\/audit\//.test(file) && !calls(node.body, AUDITS) && !calls(helpers, AUDITS))
          context.report({ node: node.id, message: 'A verb that writes leaves an audit row: record(tx, ctx, …) in the same transaction.' });
      },
    };
  },
};

const oneScope = {
  meta: { type: 'problem' },
  create(context) {
    const file = (context.filename ?? context.getFilename()).replaceAll('\\', '/');
    if (file.endsWith('packages/store/src/transaction.ts') || file.includes('/scripts/') || file.endsWith('.test.ts')) return {};
    const look = (node, text) => {
      if (/set_config|set\s+(local\s+)?app\./i.test(text))
        context.report({ node, message: 'The scope is set in packages/store/src/transaction.ts and nowhere else.' });
    };
    return {
      Literal: (node) => typeof node.value === 'string' && look(node, node.value),
      TemplateElement: (node) => look(node, node.value.raw),
    };
  },
};

const clockFromCtx = {
  meta: { type: 'problem' },
  create(context) {
    const file = (context.filename ?? context.getFilename()).replaceAll('\\', '/');
    if (!/packages\/rooms\/src\//.test(file) || file.endsWith('.test.ts') || /\/identity\/(delay|password)\.ts$/.test(file)) return {};
    return {
      MemberExpression(node) {
        if (node.object.type !== 'Identifier' || node.property.type !== 'Identifier') return;
        if (node.object.name === 'Date' && node.property.name === 'now') context.report({ node, message: 'Time comes from ctx.clock.' });
        if (node.object.name === 'Temporal' && node.property.name === 'Now')
          context.report({ node, message: 'Time comes from ctx.clock.' });
      },
    };
  },
};

export default {
  meta: { name: 'vonggac' },
  rules: { 'mutation-guards': mutationGuards, 'one-scope': oneScope, 'clock-from-ctx': clockFromCtx },
};
