import { accessRoom } from '../rooms/access/room.ts';
import { assetsRoom } from '../rooms/assets/room.ts';
import { auditRoom } from '../rooms/audit/room.ts';
import { directivesRoom } from '../rooms/directives/room.ts';
import { dutyRoom } from '../rooms/duty/room.ts';
import { exchangeRoom } from '../rooms/exchange/room.ts';
import { exercisesRoom } from '../rooms/exercises/room.ts';
import { findingsRoom } from '../rooms/findings/room.ts';
import { identityRoom } from '../rooms/identity/room.ts';
import { intelligenceRoom } from '../rooms/intelligence/room.ts';
import { noticesRoom } from '../rooms/notices/room.ts';
import { organisationsRoom } from '../rooms/organisations/room.ts';
import { printableRoom } from '../rooms/printable/room.ts';
import { reportsRoom } from '../rooms/reports/room.ts';
import { standingRoom } from '../rooms/standing/room.ts';
import { workRoom } from '../rooms/work/room.ts';
import { statusRoom } from '../rooms/status/room.ts';
import type { Room } from './room.ts';

/** Every room of the web house, in the order of the navigation. A room without pages shows no entry. */
export const rooms: readonly Room[] = [
  directivesRoom,
  standingRoom,
  reportsRoom,
  workRoom,
  findingsRoom,
  noticesRoom,
  dutyRoom,
  exchangeRoom,
  organisationsRoom,
  assetsRoom,
  intelligenceRoom,
  accessRoom,
  exercisesRoom,
  printableRoom,
  auditRoom,
  statusRoom,
  identityRoom,
];
