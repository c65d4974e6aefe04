export { startTestPostgres as default } from './database.ts';
