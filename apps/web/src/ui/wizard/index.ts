export { Progress } from './Progress.tsx';
export { useImportSteps, Wizard } from './Wizard.tsx';
export type { WizardStep } from './Wizard.tsx';
