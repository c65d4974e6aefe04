import { accessRoom } from '../rooms/access/room.ts';
import { auditRoom } from '../rooms/audit/room.ts';
import { directivesRoom } from '../rooms/directives/room.ts';
import { dutyRoom } from '../rooms/duty/room.ts';
import { identityRoom } from '../rooms/identity/room.ts';
import { organisationsRoom } from '../rooms/organisations/room.ts';
import { standingRoom } from '../rooms/standing/room.ts';
import { workRoom } from '../rooms/work/room.ts';
import type { Room } from './room.ts';

/** Every room of the web house, in the order of the navigation. A room without pages shows no entry. */
export const rooms: readonly Room[] = [
  directivesRoom,
  standingRoom,
  workRoom,
  dutyRoom,
  organisationsRoom,
  accessRoom,
  auditRoom,
  identityRoom,
];
