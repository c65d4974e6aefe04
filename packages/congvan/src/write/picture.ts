import { Resvg } from '@resvg/resvg-js';
import { FONT_FILES } from './fonts.ts';

const WIDTH = 1400;

/** The drawing as PNG, wide enough for print at about 220 dots an inch. Fonts are ours; nothing is fetched. */
export function pngOf(svg: string): Uint8Array {
  const font = { fontFiles: Object.values(FONT_FILES), loadSystemFonts: false, defaultFontFamily: 'Tinos' };
  const drawn = new Resvg(svg, { font, fitTo: { mode: 'width', value: WIDTH }, background: 'white' }).render();
  return new Uint8Array(drawn.asPng());
}
