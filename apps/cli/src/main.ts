#!/usr/bin/env node
import { defineCommand, runMain } from 'citty';

/** The command line: a tree by room, each command loaded when it is asked for. */
const main = defineCommand({
  meta: { name: 'vonggac', description: 'Vọng Gác' },
  subCommands: {
    directive: defineCommand({
      meta: { name: 'directive', description: 'Văn bản chỉ đạo / directives' },
      subCommands: { read: () => import('./rooms/directives.ts').then((room) => room.directiveRead) },
    }),
    audit: defineCommand({
      meta: { name: 'audit', description: 'Nhật ký / the audit log' },
      subCommands: { verify: () => import('./rooms/audit.ts').then((room) => room.auditVerify) },
    }),
  },
});

await runMain(main);
