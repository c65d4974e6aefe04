/** Rooms by layer: a room imports only from rooms named before it. */
const ROOMS = [
  'access',
  'audit',
  'tlp',
  'sheets',
  'organisations',
  'identity',
  'assets',
  'exercises',
  'directives',
  'tasks',
  'intelligence',
  'findings',
  'duty',
  'notifications',
  'notices',
  'exchange',
  'reports',
  'printable',
];
const ROOM = '^packages/rooms/src/';

const upward = ROOMS.map((room, i) => ({
  name: `rooms-down-${room}`,
  severity: 'error',
  comment: `${room} may import only rooms below it; what must react to it is a line in wiring.ts.`,
  from: { path: `${ROOM}${room}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `${ROOM}(${ROOMS.slice(i + 1).join('|') || 'none'})/` },
}));

const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.tsx?$' },
  to: { path: '^(packages|apps)/', pathNot: [from, ...allowed.map((one) => `^packages/${one}/`)].join('|') },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'room-door',
      severity: 'error',
      comment: 'Another room is entered by its index.ts only.',
      from: { path: `${ROOM}([^/]+)/`, pathNot: '\\.test\\.ts$' },
      to: { path: `${ROOM}([^/]+)/(?!index\\.ts$)`, pathNot: `${ROOM}$1/` },
    },
    ...upward,
    only('kernel-alone', '^packages/kernel/', []),
    only('outside-alone', '^packages/outside/', []),
    only('congvan-alone', '^packages/congvan/', ['outside']),
    only('evtx-alone', '^packages/evtx/', []),
    only('sigma-alone', '^packages/sigma/', []),
    only('feeds-below', '^packages/feeds/', ['kernel', 'outside', 'congvan']),
    only('store-on-kernel', '^packages/store/', ['kernel']),
    only('contract-on-kernel', '^packages/contract/', ['kernel']),
    only('rooms-below', '^packages/rooms/', ['kernel', 'store', 'contract', 'congvan', 'outside', 'feeds']),
    only('web-on-contract', '^apps/web/', ['contract']),
    {
      name: 'cli-offline',
      severity: 'error',
      comment: 'Commands touch no store; those that must open a stopped installation call apps/server/src/commands.',
      from: { path: '^apps/cli/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(packages|apps)/',
        pathNot: '^apps/cli/|^packages/(contract|congvan|evtx|feeds|kernel|outside|sigma)/|^apps/server/src/commands/',
      },
    },
    { name: 'nobody-imports-apps', severity: 'error', from: { path: '^packages/' }, to: { path: '^apps/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
