import { Button, Drawer, Menu, Modal, PasswordInput, Select, Textarea, TextInput, createTheme } from '@mantine/core';
import type { MantineColorsTuple } from '@mantine/core';

/** One blue for action; every other colour belongs to the state vocabulary and lives in tokens.css. */
const action: MantineColorsTuple = [
  '#eef5fb',
  '#dbe9f6',
  '#b5d1ec',
  '#8cb7e1',
  '#5f97cd',
  '#3a79b3',
  '#1c629f',
  '#0b4f8a',
  '#083d6b',
  '#062c4e',
];

export const theme = createTheme({
  primaryColor: 'action',
  primaryShade: 7,
  colors: { action },
  fontFamily: 'var(--font-interface)',
  fontFamilyMonospace: 'var(--font-address)',
  headings: { fontFamily: 'var(--font-interface)', fontWeight: '600' },
  defaultRadius: 6,
  respectReducedMotion: true,
  cursorType: 'pointer',
  black: '#17202c',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'sm' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'sm', autosize: true, minRows: 3 } }),
    Select: Select.extend({ defaultProps: { size: 'sm', allowDeselect: false } }),
    Menu: Menu.extend({
      defaultProps: { shadow: 'md', position: 'bottom-end', withInitialFocusPlaceholder: false, transitionProps: { duration: 0 } },
    }),
    Modal: Modal.extend({ defaultProps: { centered: true, attributes: { header: { role: 'none' } }, transitionProps: { duration: 0 } } }),
    Drawer: Drawer.extend({ defaultProps: { attributes: { header: { role: 'none' } }, transitionProps: { duration: 0 } } }),
  },
});
