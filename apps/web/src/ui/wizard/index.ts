export { Progress } from './Progress.tsx';
export { useImportSteps, Wizard } from './Wizard.tsx';
