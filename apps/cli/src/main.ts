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
    scan: () => import('./rooms/scan.ts').then((room) => room.scan),
    list: defineCommand({
      meta: { name: 'list', description: 'Danh sách địa chỉ / lists of addresses' },
      subCommands: { match: () => import('./rooms/list.ts').then((room) => room.listMatch) },
    }),
    audit: defineCommand({
      meta: { name: 'audit', description: 'Nhật ký / the audit log' },
      subCommands: { verify: () => import('./rooms/audit.ts').then((room) => room.auditVerify) },
    }),
    admin: defineCommand({
      meta: { name: 'admin', description: 'Quản trị viên / administrators' },
      subCommands: { recover: () => import('./rooms/identity.ts').then((room) => room.adminRecover) },
    }),
    backup: () => import('./rooms/backup.ts').then((room) => room.backup),
    restore: () => import('./rooms/backup.ts').then((room) => room.restore),
    keys: () => import('./rooms/backup.ts').then((room) => room.keys),
  },
});

await runMain(main);
