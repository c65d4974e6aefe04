export { expectAudit, makeCtx, makeHouseCtx, makeStores, TEST_NOW } from './ctx.ts';
export { makeTestDatabase, startTestPostgres } from './database.ts';
export { makeProvince, type Province } from './province.ts';
