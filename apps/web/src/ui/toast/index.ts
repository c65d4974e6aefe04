export { showToast } from './toasts.ts';
