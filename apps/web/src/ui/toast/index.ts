export { Toasts } from './Toasts.tsx';
export { announce, showToast } from './toasts.ts';
