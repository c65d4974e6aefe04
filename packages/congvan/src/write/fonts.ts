import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const place = (style: string) => require.resolve(`@expo-google-fonts/tinos/${style}/Tinos_${style}.ttf`);

/** Tinos has the widths of Times New Roman, so that a line breaks at the same place as in the .docx. */
export const FONT_FILES = {
  normal: place('400Regular'),
  italics: place('400Regular_Italic'),
  bold: place('700Bold'),
  bolditalics: place('700Bold_Italic'),
} as const;
