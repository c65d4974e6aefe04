export { labelLine, labelOf, listLabels, setLabel } from './labels.ts';
export { addressesFor, allows, type Destination, labelText, subjectMark, type TlpKind, type TlpLabel } from './model.ts';
