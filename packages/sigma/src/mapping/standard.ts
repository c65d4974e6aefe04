import applications from './applications.json' with { type: 'json' };
import cloud from './cloud.json' with { type: 'json' };
import ecs from './ecs.json' with { type: 'json' };
import type { MappingFile } from './form.ts';
import linux from './linux.json' with { type: 'json' };
import network from './network.json' with { type: 'json' };
import wazuh from './wazuh.json' with { type: 'json' };
import windows from './windows.json' with { type: 'json' };

/** The mapping that comes with this package. */
export const STANDARD = [windows, ecs, wazuh, linux, network, cloud, applications] as readonly unknown[] as readonly MappingFile[];
