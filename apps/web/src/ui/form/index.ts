export { ConfirmDialog } from './ConfirmDialog.tsx';
export { fieldError } from './fieldError.ts';
export { FilePicker, SecrecyWarning } from './FilePicker.tsx';
export { Form, FormButtons } from './Form.tsx';
export { OrganisationPicker } from './OrganisationPicker.tsx';
export { TimeField } from './TimeField.tsx';
export { useDraft } from './useDraft.ts';
export { useErrorText } from './useErrorText.ts';
