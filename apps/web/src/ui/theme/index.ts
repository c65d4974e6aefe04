import './mantine.ts';
import './fonts.css';
import './tokens.css';
import './global.css';
import './mantine-overrides.css';

export { startDensity } from './density.ts';
export { theme } from './theme.ts';
