import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  casing: 'snake_case',
  schema: ['./packages/store/src/tables.ts', './packages/rooms/src/*/tables.ts'],
  out: './apps/server/migrations',
});
